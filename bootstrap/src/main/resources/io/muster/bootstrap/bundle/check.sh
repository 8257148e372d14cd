# $1 hash of the bundle, $2 a random word, then paths on this node that the bundle was made of: a runtime image and jars,
# or nothing. Takes the bundle from there, or from the node's image, where that is the same; lists what lies in its
# folder, so that the manager compares every size; removes what dead attempts left; tells how much room there is, and
# which of the programs are there that a quicker way needs.
cd || exit 1
b=.muster/node/bundles
h=$1
r=$2
p=$b/$h.partial-$r
shift 2
umask 077
mkdir -p "$b" || exit 1
rm -rf "$b"/*.partial-* "$b"/*.archive-*
df -Pk "$b" | { read -r _; read -r _ _ _ free _; echo "free $free"; }
for tool in gzip bash sha256sum stat; do
    if command -v "$tool" >/dev/null; then echo "tool $tool"; fi
done
# Files of the same disk are shared: what replaces them later is a new file. Elsewhere they are copied.
bring() {
    umask 022
    mkdir -p "$p/lib" || return 1
    { cp -al "$1" "$p/runtime" || { rm -rf "$p/runtime"; cp -a "$1" "$p/runtime"; }; } || return 1
    shift
    for jar in "$@"; do
        cp -al "$jar" "$p/lib/" || cp -a "$jar" "$p/lib/" || return 1
    done
    mv "$p" "$b/$h"
}
if [ ! -e "$b/$h" ]; then
    if [ -d "/opt/muster/bundles/$h" ]; then
        ln -sfn "/opt/muster/bundles/$h" "$b/$h"
    elif [ -d "${1:-}" ] && bring "$@" 2>/dev/null; then
        echo "shared"
    else
        rm -rf "$p"
    fi
fi
cd "$b/$h/" 2>/dev/null || exit 0
find . -type l -exec printf 'link %s\n' {} +
find . -type f -exec wc -c {} + | while read -r n p; do echo "file $n $p"; done
