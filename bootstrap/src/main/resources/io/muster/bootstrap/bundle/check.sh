# $1 hash of the bundle. Lists what lies in its folder, so that the manager compares every size; removes what dead
# attempts left; tells how much room there is, and which of the programs are there that a quicker way needs.
cd || exit 1
b=.muster/node/bundles
umask 077
mkdir -p "$b" || exit 1
rm -rf "$b"/*.partial-* "$b"/*.archive-*
df -Pk "$b" | { read -r _; read -r _ _ _ free _; echo "free $free"; }
for tool in gzip bash sha256sum stat; do
    if command -v "$tool" >/dev/null; then echo "tool $tool"; fi
done
cd "$b/$1" 2>/dev/null || exit 0
find . -type l -exec printf 'link %s\n' {} +
find . -type f -exec wc -c {} + | while read -r n p; do echo "file $n $p"; done
