# $1 path of the dynamic loader that the bundle needs, or nothing. Prints one fact a line: name value.
cd || exit 1
echo "system $(uname -s)"
echo "machine $(uname -m)"
echo "kernel $(uname -r)"
if [ -z "$1" ] || [ -e "$1" ]; then echo "loader yes"; else echo "loader no"; fi
c=$(nproc 2>/dev/null) || c=$(grep -c '^processor' /proc/cpuinfo)
echo "cores $c"
while read -r key value _; do
    if [ "$key" = MemTotal: ]; then echo "memory $value"; fi
done </proc/meminfo
df -Pk . | { read -r _; read -r _ _ _ free _; echo "disk $free"; }
if [ -d /dev/shm ]; then df -Pk /dev/shm | { read -r _; read -r _ _ _ free _; echo "shared $free"; }; fi
echo "clock $(date +%s)"
echo "uid $(id -u)"
if sudo -n true >/dev/null 2>&1; then echo "sudo yes"; fi
for tool in dd find wc grep mv chmod touch readlink; do
    command -v "$tool" >/dev/null || echo "missing $tool"
done
umask 077
mkdir -p .muster/node && chmod 700 .muster/node || exit 1
