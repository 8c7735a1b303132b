#!/bin/sh
# certs.sh DIR: an authority, a good certificate, and one of each bad kind; NAME.crt and NAME.key, the authority is ca.crt
# Needs certtool (gnutls-bin).
set -eu
mkdir -p "$1"; cd "$1"
[ -f good.crt ] && exit 0

key() { certtool --generate-privkey --key-type ecdsa --curve secp256r1 --outfile "$1.key" 2>/dev/null; }

authority() { # NAME
	key "$1"
	printf 'cn = "kept test %s"\nca\ncert_signing_key\nexpiration_days = 3650\n' "$1" > "$1.cfg"
	certtool --generate-self-signed --load-privkey "$1.key" --template "$1.cfg" --outfile "$1.crt" 2>/dev/null
}

leaf() { # NAME AUTHORITY FROM TILL NAMES…
	name=$1 by=$2 from=$3 till=$4; shift 4
	key "$name"
	{
		printf 'cn = "%s"\nsigning_key\ntls_www_server\nactivation_date = "%s"\nexpiration_date = "%s"\n' "$name" "$from" "$till"
		printf '%s\n' "$@"
	} > "$name.cfg"
	if [ "$by" = self ]; then
		certtool --generate-self-signed --load-privkey "$name.key" --template "$name.cfg" --outfile "$name.crt" 2>/dev/null
	else
		certtool --generate-certificate --load-privkey "$name.key" --load-ca-certificate "$by.crt" --load-ca-privkey "$by.key" \
			--template "$name.cfg" --outfile "$name.crt" 2>/dev/null
	fi
}

authority ca
authority other
long="2020-01-01 00:00:00" end="2045-01-01 00:00:00"
set -- 'dns_name = "localhost"' 'ip_address = "127.0.0.1"'
leaf wronghost  ca    "$long" "$end" 'dns_name = "elsewhere.example.net"'
leaf expired    ca    "$long" "2021-01-01 00:00:00" "$@"
leaf future     ca    "2044-01-01 00:00:00" "$end" "$@"
leaf untrusted  other "$long" "$end" "$@"
leaf selfsigned self  "$long" "$end" "$@"
: > empty.pem
leaf good       ca    "$long" "$end" "$@"
