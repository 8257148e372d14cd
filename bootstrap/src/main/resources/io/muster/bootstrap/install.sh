# Reads small files from standard input: a line `KIND SIZE MODE PATH`, then SIZE bytes. KIND f: the file is to be just
# that; a: the file is to have that line; p: likewise, and a new line goes first. Prints the path of each file that was
# not so. A file is replaced as a whole, so that no reader sees half of it. One that only gets a line is the user's: it
# keeps its mode, and its place when a link leads to it.
cd || exit 1
umask 077
take() {
    whole=$(($1 / 65536))
    rest=$(($1 % 65536))
    [ "$whole" = 0 ] || dd bs=65536 count="$whole" iflag=fullblock 2>/dev/null || return 1
    [ "$rest" = 0 ] || dd bs="$rest" count=1 iflag=fullblock 2>/dev/null
}
fail() {
    rm -f "$new" "$new.2"
    echo "$*" >&2
    cat >/dev/null
    exit 1
}
while read -r kind size mode name; do
    [ "$kind" = end ] && exit 0
    shown=$name
    users=no
    if [ "$kind" != f ] && [ -f "$name" ]; then
        users=yes
        name=$(readlink -f "$name") || fail "cannot follow the link $shown"
    fi
    new=$name.new$$
    mkdir -p "${name%/*}" || fail "cannot make folder ${name%/*}"
    [ -f "$name" ] || { [ "$kind" = f ] || : >>"$name"; }
    take "$size" >"$new" || fail "cannot write $name"
    same=no
    if [ "$kind" = f ]; then
        [ -f "$name" ] && [ "$(cat "$new")" = "$(cat "$name")" ] && same=yes
    elif grep -qxF "$(cat "$new")" "$name"; then
        same=yes
    elif [ "$kind" = a ]; then
        { cat "$name" && [ -z "$(tail -c 1 "$name")" ] || echo; cat "$new"; } >"$new.2" && mv -f "$new.2" "$new"
    else
        cat "$name" >>"$new" || fail "cannot write $name"
    fi
    if [ "$users" = no ]; then
        chmod "$mode" "$new" || fail "cannot set the mode of $name"
    elif [ "$same" = no ]; then
        cp -p "$name" "$new.2" && cat "$new" >"$new.2" && mv -f "$new.2" "$new" || fail "cannot write $name"
    fi
    if [ "$same" = no ]; then
        mv -f "$new" "$name" || fail "cannot write $name"
        echo "$shown"
    else
        rm -f "$new"
        [ "$users" = yes ] || chmod "$mode" "$name" || fail "cannot set the mode of $name"
    fi
done
fail "the stream ended early"
