#!/bin/bash
# borders.sh: a foreign header has one home, and SQL stands in schema.sql and queries.def alone
set -u
cd "$(dirname "$0")/.." || exit 1
bad=0
# header (an extended regular expression), and the files that may name it
while read -r header homes; do
	while IFS=: read -r file line text; do
		[ -n "$file" ] || continue
		[[ $file =~ ^($homes)$ ]] || { echo "$file:$line: $text belongs in $homes"; bad=$((bad + 1)); }
	done < <(grep -rnE "#include *<($header)" lib daemon)
done <<'EOT'
libetpan/mailmime lib/letters/mime[a-z_]*\.[ch]
libetpan/mailimap lib/borders/mailbox[a-z_]*\.[ch]
libetpan/mailstream lib/borders/mailbox[a-z_]*\.[ch]
libetpan/ lib/letters/mime[a-z_]*\.[ch]|lib/borders/mailbox[a-z_]*\.[ch]
libical/ lib/letters/ical[a-z_]*\.[ch]
curl/ lib/borders/net\.c|lib/borders/http\.c
sqlite3 lib/borders/sql[a-z_]*\.[ch]
gnutls/crypto lib/borders/secret[a-z_]*\.c
gnutls/gnutls|gnutls/x509 lib/borders/tls[a-z_]*\.[ch]|lib/borders/secret\.c
libxml/ lib/letters/markup[a-z_]*\.[ch]|lib/letters/davxml\.c|lib/letters/autoconfig\.c
md4c lib/letters/markup[a-z_]*\.[ch]
libconfig lib/nouns/conf[a-z_]*\.c
seccomp|linux/landlock lib/borders/reader[a-z_]*\.c
iconv lib/letters/mime[a-z_]*\.[ch]
resolv|arpa/nameser lib/borders/dns[a-z_]*\.[ch]
EOT
while IFS=: read -r file line text; do
	case $file in lib/borders/sql*|lib/borders/queries.def|'') continue ;; esac
	echo "$file:$line: SQL outside queries.def: $text"; bad=$((bad + 1))
done < <(grep -rnE '"(SELECT [a-z*(]|INSERT INTO |INSERT OR |UPDATE [a-z_]+ SET |DELETE FROM |PRAGMA |BEGIN IMMEDIATE)' lib daemon --include='*.[ch]')
echo "borders: $bad out of place"
[ "$bad" -eq 0 ]
