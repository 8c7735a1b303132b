#!/bin/bash
# pure.sh: the four lower floors name no clock, no chance, no file, no socket, no process; nm reads it from their objects.
# Excused, each for what its header says: log, wake, the zone files of worktime, the file of conf, pool's last words.
set -u
cd "$(dirname "$0")/.." || exit 1
build=${BUILD:-build}
forbidden='time|times|clock|clock_gettime|gettimeofday|localtime|localtime_r|mktime|timegm|tzset|strftime_l|nanosleep|usleep|sleep'
forbidden+='|random|rand|rand_r|srand|srandom|getrandom|arc4random|getentropy'
forbidden+='|open|open64|openat|openat64|creat|fopen|fopen64|fdopen|freopen|tmpfile|mkstemp|read|write|pread|pwrite|readv|writev|fread|fwrite'
forbidden+='|fgets|getline|fputs|fputc|putchar|puts|printf|fprintf|vprintf|vfprintf|__printf_chk|__fprintf_chk|__vfprintf_chk|stdin|stdout|stderr'
forbidden+='|stat|stat64|fstat|fstat64|lstat|lstat64|access|unlink|rename|mkdir|rmdir|opendir|readdir|realpath|getcwd|chdir'
forbidden+='|getenv|secure_getenv|setenv|environ|socket|connect|bind|send|sendto|recv|poll|select|epoll_wait|getaddrinfo'
forbidden+='|system|popen|fork|vfork|execv|execve|execvp|posix_spawn|kill|signal|sigaction|pthread_create|getpid|syscall|setlocale'
bad=0 files=0
for floor in ground nouns letters judgement; do
	for object in "$build"/lib/$floor/*.o; do
		[ -e "$object" ] || continue
		case $(basename "$object" .o) in log|log_*|wake|wake_*|worktime_zone|conf|conf_value|conf_scan|conf_templates|pool) continue ;; esac
		files=$((files + 1))
		found=$(nm -u "$object" | awk '{ sub(/@.*/, "", $2); print $2 }' | grep -xE "$forbidden" | tr '\n' ' ')
		[ -z "$found" ] || { echo "${object#"$build"/}: names $found"; bad=$((bad + 1)); }
	done
done
echo "pure: $files objects, $bad that touch the world"
[ "$bad" -eq 0 ] && [ "$files" -gt 0 ]
