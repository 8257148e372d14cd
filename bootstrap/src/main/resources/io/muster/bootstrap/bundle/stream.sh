# What unpack.sh and fetch.sh begin with. $1 hash of the bundle, $2 a random word.
cd || exit 1
b=$(pwd)/.muster/node/bundles
p=$b/$1.partial-$2
a=$b/$1.archive-$2
umask 077
mkdir -p "$b" || exit 1
trap 'rm -rf "$p" "$a"' 0
trap 'exit 1' 1 2 13 15
umask 022
mkdir "$p" && chmod 700 "$b" && cd "$p" || exit 1
# A sender that is blocked in the middle must be let go: read what it still sends, then end.
fail() {
    code=$1
    shift
    cd "$b" && rm -rf "$p" "$a"
    df -Pk "$b" | { read -r _; read -r _ _ _ free _; echo "free $free"; }
    echo "$*" >&2
    cat >/dev/null
    exit "$code"
}
take() {
    whole=$(($1 / 65536))
    rest=$(($1 % 65536))
    [ "$whole" = 0 ] || dd bs=65536 count="$whole" iflag=fullblock 2>/dev/null || return 1
    [ "$rest" = 0 ] || dd bs="$rest" count=1 iflag=fullblock 2>/dev/null
}
# Reads what Bundle writes, into the current folder.
unpack() {
    while read -r kind size mode stamp name; do
        case $kind in
            d) mkdir "$name" || fail 28 "cannot make folder $name" ;;
            l)
                read -r to || fail 1 "the stream ended inside $name"
                ln -s "$to" "$name" || fail 28 "cannot make link $name"
                ;;
            f)
                take "$size" >"$name" || fail 28 "cannot write $name"
                [ "$mode" = 644 ] || chmod "$mode" "$name" || fail 1 "cannot set the mode of $name"
                [ "$stamp" = - ] || TZ=UTC0 touch -t "$stamp" "$name" || fail 1 "cannot set the time of $name"
                ;;
            end) return 0 ;;
            *) fail 1 "the stream is broken at '$kind'" ;;
        esac
    done
    fail 1 "the stream ended early"
}
# The manager has this called only when the folder of that name is not what it should be.
settle() {
    cd "$b" || exit 1
    rm -rf "./$1" && mv "$p" "$1" || fail 28 "cannot rename $p"
}
