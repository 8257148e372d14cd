# Gives this machine back: ends what the node's cluster started and removes what was put here for it, the marker last.
# With $1 cluster, $2 node and $3 owner only when these have it; by hand without. Prints what could not be removed.
if [ ! -f $n/tags ]; then
    rmdir $n 2>/dev/null && rmdir .muster 2>/dev/null
    echo "result none"
    exit 0
fi
if [ $# -gt 0 ] && { [ "$(value cluster)" != "$1" ] || [ "$(value node)" != "$2" ] || [ "$(value owner)" != "$3" ]; }; then
    echo "result other"
    tell_tags
    exit 0
fi
mark=$(value mark)
made=" $(value made) "
line=$(value authorized)
case $mark in
    *[!0-9a-f]* | "") echo "left file $n/tags is damaged"; exit 0 ;;
esac
if [ ${#mark} -ne 32 ]; then echo "left file $n/tags is damaged"; exit 0; fi
carriers() {
    grep -lsF "MUSTER_MARK_NODE=$mark" /proc/[0-9]*/environ | while read -r file; do
        pid=${file#/proc/}
        echo "${pid%/environ}"
    done
}
# The agent first, and kindly: it ends its jobs in order.
agent=$(cat $n/agent/pid 2>/dev/null)
all=$(carriers)
case " $(echo $all) " in
    *" ${agent:-none} "*)
        kill "$agent" 2>/dev/null
        wait=0
        while [ $wait -lt 100 ] && [ -d "/proc/$agent" ]; do
            wait=$((wait + 1))
            sleep 0.1 2>/dev/null || sleep 1
        done
        ;;
esac
clean=0
pass=0
while [ $clean -lt 2 ] && [ $pass -lt 200 ]; do
    pass=$((pass + 1))
    all=$(carriers)
    if [ -z "$all" ]; then
        clean=$((clean + 1))
        continue
    fi
    clean=0
    kill -9 $all 2>/dev/null
    sleep 0.02 2>/dev/null || sleep 1
done
for pid in $(carriers); do
    left=yes
    echo "left process $pid $(tr '\000' ' ' <"/proc/$pid/cmdline" 2>/dev/null)"
done
remove() {
    [ -e "$1" ] || [ -h "$1" ] || return 0
    rm -rf -- "$1" 2>/dev/null || { chmod -R u+rwX "$1" 2>/dev/null; rm -rf -- "$1" 2>/dev/null; }
    if [ -e "$1" ] || [ -h "$1" ]; then
        left=yes
        echo "left file $1"
    fi
}
remove "/dev/shm/muster-node-$mark"
for file in $n/* $n/.[!.]*; do
    case $file in
        $n/tags | $n/release) ;;
        *) remove "$file" ;;
    esac
done
# $1 a file of the user's, $2 the line that is ours in it
drop() {
    file=$1
    if [ -f "$file" ] && grep -qxF -- "$2" "$file"; then
        file=$(readlink -f "$file")
        new=$file.muster$$
        cp -p "$file" "$new" && { grep -vxF -- "$2" "$file" >"$new" || [ $? -eq 1 ]; } && mv -f "$new" "$file" || {
            rm -f "$new"
            left=yes
            echo "left line $1: $2"
        }
    fi
    case $made in
        *" $1 "*) [ -s "$1" ] || rm -f "$1" ;;
    esac
}
drop .ssh/config "Include ~/.muster/node/ssh/config"
drop .ssh/authorized_keys "$line"
[ -z "$left" ] || exit 0
case $made in *" .ssh "*) rmdir .ssh 2>/dev/null ;; esac
rm -f $n/release $n/tags
rmdir $n 2>/dev/null
case $made in *" .muster "*) rmdir .muster 2>/dev/null ;; esac
echo "result released"
