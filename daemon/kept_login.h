/* kept login, its ways - for those who need a login: kept login, and kept init
 *
 * Law:     what is to be opened is shown on stdout; then it waits until the user came back, or the time is over. The tokens
 *          are kept by oauth (borders/oauth.h).
 * Tests:   tests/e2e/oauth.py, init.py
 */
#ifndef KEPT_DAEMON_KEPT_LOGIN_H
#define KEPT_DAEMON_KEPT_LOGIN_H

#include "borders/oauth.h"

enum login_way { LOGIN_AS_FITS /* by a code where there is no screen */, LOGIN_DEVICE, LOGIN_BROWSER };

/* `in`: where the address that a browser elsewhere ended at is pasted. */
bool login_run(struct pool *, const struct oauth_conf *, const char *user, enum login_way, int in, struct err *);

#endif
