# fish completion for kept(1): `kept complete` knows what may come next
function __kept_complete
	set -l words (commandline -opc)
	set -l found (kept complete -- $words[2..-1] (commandline -ct) 2>/dev/null)
	if test "$found[1]" = :files
		__fish_complete_path (commandline -ct)
	else
		printf '%s\n' $found
	end
end
complete -c kept -f -k -a '(__kept_complete)'
