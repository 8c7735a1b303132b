/* bench, row 9: the floor of what keptd takes when idle - the four libraries, set up, a database open, one time zone loaded
 *
 *   build/tests/bench/memory DATABASE      says `ready` and waits for the end of its input; `run` reads its memory in /proc */
#include <curl/curl.h>
#include <gnutls/gnutls.h>
#include <libetpan/libetpan.h>
#include <libical/ical.h>
#include <sqlite3.h>

#include "tests/bench/bench.h"

int main(int argc, char **argv)
{
	mailimap *imap = mailimap_new(0, NULL);
	gnutls_certificate_credentials_t cred;
	icaltimezone *zone;
	sqlite3 *db;
	CURL *curl;

	if (argc < 2 || !imap)
		bench_end("usage", "memory DATABASE");
	curl_global_init(CURL_GLOBAL_DEFAULT);
	curl = curl_easy_init();
	gnutls_certificate_allocate_credentials(&cred);
	zone = icaltimezone_get_builtin_timezone("Europe/Berlin");
	if (zone)
		icaltimezone_get_component(zone);
	if (sqlite3_open(argv[1], &db) != SQLITE_OK ||
	    sqlite3_exec(db, "PRAGMA journal_mode = TRUNCATE; CREATE TABLE IF NOT EXISTS x (a TEXT); INSERT INTO x VALUES ('a'); SELECT * FROM x", NULL, NULL, NULL) != SQLITE_OK)
		bench_end("sqlite", argv[1]);
	puts("ready");
	fflush(stdout);
	while (getchar() != EOF)
		;
	sqlite3_close(db);
	curl_easy_cleanup(curl);
	gnutls_certificate_free_credentials(cred);
	mailimap_free(imap);
	return 0;
}
