# bash completion for kept(1). What may come next `kept complete` knows; this puts it as bash wants it. tests/manual.sh tries it.
_kept()
{
	local line=${COMP_LINE:0:COMP_POINT} words word part cut each

	read -ra words <<<"$line"
	[[ $line == *[[:blank:]] ]] && words+=('')
	word=${words[-1]}
	mapfile -t COMPREPLY < <(kept complete -- "${words[@]:1}" 2>/dev/null | cut -f 1)
	if [[ ${COMPREPLY[0]:-} == :files ]]; then
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -f -- "$word")
		return
	fi
	# bash takes a word apart at these signs, and wants only what stands behind the last
	part=${COMP_WORDS[COMP_CWORD]}
	[[ $part == [@=:] ]] && part=''
	cut=${word%"$part"}
	for each in "${!COMPREPLY[@]}"; do
		printf -v "COMPREPLY[each]" %q "${COMPREPLY[each]#"$cut"}"
	done
}
complete -F _kept kept
