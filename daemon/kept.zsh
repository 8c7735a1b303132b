#compdef kept
# zsh completion for kept(1): `kept complete` knows what may come next
local -a lines found
local line

lines=("${(@f)$(kept complete -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
if [[ $lines[1] == :files ]]; then
	_files
	return
fi
for line in $lines; do
	found+=("${${line%%$'\t'*}//:/\\:}${${(M)line:#*$'\t'*}:+:${line#*$'\t'}}")
done
(( $#found )) && _describe -V kept found
