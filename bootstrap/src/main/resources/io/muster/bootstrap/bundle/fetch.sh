# $3 bytes of the archive, $4 its SHA-256, $5 address and $6 port of the node that gives it, or - when standard input
# does, $7 seconds in which it must be here, $8 seconds without a byte after which the source is given up; then the
# command that gives the archive to others, which finds it as descriptor 9. Standard input: the token for the source in a
# line, or the archive; then `keep`; then `serve`, or the end. Prints `ready` when the bundle is here and whole, and
# `have` when it is in place, which it is not without `keep`: a manager that gave up must not be surprised later.
hash=$1 size=$3 sum=$4 from=$5 port=$6 limit=$7 patience=$8
shift 8
lost() {
    echo "$*" >&2
    exit 1
}
watch() {
    last=-1 still=0 n=0
    while [ "$n" -lt "$limit" ] && [ "$still" -lt "$patience" ]; do
        sleep 1
        n=$((n + 1))
        now=$(stat -c %s "$a" 2>/dev/null)
        if [ "$now" = "$last" ]; then still=$((still + 1)); else still=0; fi
        last=$now
    done
    kill "$1"
}
if [ "$from" = - ]; then
    take "$size" >"$a" || fail 28 "cannot write the archive"
else
    read -r token || exit 1
    : >"$a"
    (
        exec bash -c 'read -r token && exec 3<>"/dev/tcp/$1/$2" && printf "%s\n" "$token" >&3 &&
            exec dd bs=65536 count="$3" iflag=fullblock <&3' fetch "$from" "$port" $((size / 65536 + 1)) >"$a" 2>/dev/null <<TOKEN
$token
TOKEN
    ) &
    getter=$!
    trap 'kill $getter 2>/dev/null; rm -rf "$p" "$a"' 0
    watch $getter </dev/null >/dev/null 2>&1 &
    watcher=$!
    wait $getter
    kill $watcher 2>/dev/null
    wait $watcher 2>/dev/null
    trap 'rm -rf "$p" "$a"' 0
fi
got=$(stat -c %s "$a")
[ "$got" -ge "$size" ] || lost "$from sent $got of $size bytes"
seen=$(sha256sum <"$a")
[ "${seen%% *}" = "$sum" ] || lost "what $from sent is not the bundle"
gzip -dc <"$a" | unpack || exit
echo ready
read -r what || exit 1
[ "$what" = keep ] || exit 1
settle "$hash"
echo have
read -r what || exit 0
[ "$what" = serve ] || exit 0
exec 9<"$a"
rm -f "$a"
cd && exec "$@"
