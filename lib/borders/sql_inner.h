/* sql, its parts among themselves */
#ifndef KEPT_BORDERS_SQL_INNER_H
#define KEPT_BORDERS_SQL_INNER_H

#include "borders/sql.h"

struct sqlite3 *sql_db(const struct sql *);

#endif
