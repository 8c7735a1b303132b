# bash completion for kept(1). Commands and options are asked of `kept` itself (--help), so that they are listed once;
# numbers, owners and mailboxes come from the ledger and the configuration that the line names. tests/manual.sh tries it.
_kept_commands()
{
	kept --help 2>/dev/null | awk '/^  [a-z]+ +[^ ]/ && $1 != "kept" { print $1 }'
}

_kept_options()
{
	kept "$1" --help 2>/dev/null | grep -oE -- '(^|[^a-z-])--[a-z][a-z-]*' | grep -oE -- '--[a-z-]+' | sort -u
	echo --help
}

# names of the groups in a section of the configuration (owner, mailbox)
_kept_groups()
{
	local file=$2
	if [[ -z $file ]]; then
		for file in "${KEPT_CONF:-}" "${XDG_CONFIG_HOME:-$HOME/.config}/kept/kept.conf" /etc/kept/kept.conf; do
			[[ -n $file && -r $file ]] && break
		done
	fi
	awk -v section="$1" '
		{ sub(/\/\/.*/, ""); sub(/#.*/, "") }
		$0 ~ "^[ \t]*" section "[ \t]*[:=]" { inside = 1; sub(/^[^{]*/, "") }
		inside {
			n = length($0)
			for (i = 1; i <= n; i++) {
				c = substr($0, i, 1)
				if (c == "\"") quoted = !quoted
				else if (quoted) continue
				else if (c == "{") { if (++depth == 2) print word; word = "" }
				else if (c == "}") { if (--depth == 0) exit; word = "" }
				else if (c ~ /[A-Za-z0-9_-]/) word = blank ? c : word c
				blank = c ~ /[ \t;]/
			}
			blank = 1
		}' "$file" 2>/dev/null
}

_kept()
{
	local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command='' file='' words='' i

	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		-c) file=${COMP_WORDS[++i]} ;;
		help | -*) ;;
		*) [[ -n $command ]] || command=${COMP_WORDS[i]} ;;
		esac
	done
	case $before in
	-c | --context | --ca) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
	--owner) words=$(_kept_groups owner "$file") ;;
	--mailbox) words=$(_kept_groups mailbox "$file") ;;
	--policy) words=$(_kept_groups policy "$file") ;;
	--team) words=$(_kept_groups team "$file") ;;
	--place) words='kept inbox sent folder:' ;;
	--flag) words="\\\\Flagged \\\$Kept" ;;
	--for) if [[ $command == import ]]; then words=sweep; else words='30min 45min 60min'; fi ;;
	--within) words='1w 2w 4w' ;;
	--with) words=$(kept ${file:+-c "$file"} contacts 2>/dev/null | awk '{ print $1 }') ;;
	--language) words='en de fr es' ;;
	--commitment) words=$(kept ${file:+-c "$file"} list 2>/dev/null | awk '{ print $1 }') ;;
	--tz) words=$(cd /usr/share/zoneinfo 2>/dev/null && printf '%s\n' UTC [A-Z]*/*) ;;
	--set) words='date_order= eod= hour= keep_time= m= move= week_start= workdays=' ;;
	--stage) words='establishing developing maintaining' ;;
	--segment) words='direct indirect none' ;;
	--consent) words='open asked not-needed never' ;;
	--term) words='short mid long' ;;
	--color) words="auto always never" ;;
	--by) words='theirs ours both' ;;
	--format) if [[ $command == report ]]; then words='text html csv json'; else words='vcf vcf3 csv'; fi ;;
	--contact) words=$(kept ${file:+-c "$file"} contacts 2>/dev/null | awk '/^[^ ]+@/ { print $1 }') ;;
	--kind) words='receipt progress delay delivery aftercare share introduction' ;;
	--auto) words='none receipt progress delay delivery aftercare invitation' ;;
	--bounced) words=no ;;
	--head | --to | --due | --every | --at | --on | --purpose | --agenda | --link | --place | --until | --now | --since | --wait) return ;;
	*)
		if [[ -z $command ]]; then
			if [[ $word == -* ]]; then words="-c --color --help --version"; else words="help $(_kept_commands)"; fi
		elif [[ $command == score && $before == --by ]]; then
			words='contact stage policy team week'
		elif [[ $word == -* ]]; then
			words=$(_kept_options "$command")
		else
			case $command in
			team)
				if [[ $before == team ]]; then words=$(kept ${file:+-c "$file"} list 2>/dev/null | awk '{ print $1 }')
				else words=$(_kept_groups team "$file"); fi ;;
			show | proof | done | snooze | due | cancel | note | undo | plan | send | skip | edit | draft | safety)
				words=$(kept ${file:+-c "$file"} list 2>/dev/null | awk '{ print $1 }') ;;
			outbox)
				if [[ $before == show ]]; then words=$(kept ${file:+-c "$file"} outbox --all 2>/dev/null | awk '{ print $1 }'); else words=show; fi ;;
			audit) words=verify ;;
			challenge) [[ $before != challenge ]] || words='start stop show' ;;
			login | logout) words=$(_kept_groups mailbox "$file"; _kept_groups submission "$file") ;;
			secret) [[ $before != secret ]] || words='set' ;;
			contact)
				if [[ $before == *@* ]]; then words='merge apart part'
				elif [[ $before == contact ]]; then words="erase $(kept ${file:+-c "$file"} contacts 2>/dev/null | awk '/^[^ ]+@/ { print $1 }')"
				else words=$(kept ${file:+-c "$file"} contacts 2>/dev/null | awk '/^[^ ]+@/ { print $1 }'); fi ;;
			touch | met | insight) words=$(kept ${file:+-c "$file"} contacts 2>/dev/null | awk '/^[^ ]+@/ { print $1 }') ;;
			contacts)
				if [[ $before == import ]]; then mapfile -t COMPREPLY < <(compgen -f -- "$word"); return; fi
				words='import export' ;;
			checkin)
				if [[ $before == checkin ]]; then words='list add propose show move cancel accept decline send skip'
				else words=$(kept ${file:+-c "$file"} checkin list 2>/dev/null | awk '{ print $1 }'); fi ;;
			theirs)
				if [[ $before == theirs ]]; then words='done'; else words=$(kept ${file:+-c "$file"} theirs 2>/dev/null | awk '/^t/ { print $1 }'); fi ;;
			resources) [[ $before != resources ]] || words='list add approve match retire import' ;;
			template)
				if [[ $before == template ]]; then words='list show check approve preview'
				elif [[ $before == check ]]; then mapfile -t COMPREPLY < <(compgen -f -- "$word"); return
				else words=$(kept ${file:+-c "$file"} template 2>/dev/null | awk '/^[a-z]/ { print $1 }'); fi ;;
			held)
				if [[ $before == held ]]; then words='accept drop'; else words=$(kept ${file:+-c "$file"} held 2>/dev/null | awk '/^h/ { print $1 }'); fi ;;
			explain | commands | promises | backup)
				mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
			esac
		fi ;;
	esac
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}
complete -o filenames -F _kept kept
