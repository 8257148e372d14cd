# Takes this machine for a node, completes what a killed manager began, or says who has it. $1 cluster, $2 node,
# $3 index, $4 slots, $5 owner, $6 line for authorized_keys, $7 host key, $8 time, $9 mark, ${10} name of this machine
# that other machines may know. Standard input is the script that gives the machine back.
[ ! -d .muster ] && made=.muster || made=
for it in .ssh .ssh/authorized_keys .ssh/config; do
    [ -e $it ] || made="$made $it"
done
tags() {
    echo "cluster $1"
    echo "node $2"
    echo "index $3"
    echo "slots $4"
    echo "owner $5"
    echo "authorized $6"
    echo "hostkey $7"
    echo "created $8"
    echo "mark $9"
    echo "made $made"
}
claim=$n/claim.$9
result=found
tries=0
until [ -f $n/tags ]; do
    mkdir -p $n && chmod 700 $n && tags "$@" >"$claim" || { echo "cannot write to ~/$n" >&2; exit 1; }
    # A link is made once, whoever tries at the same moment, and what it shows is whole.
    if ln "$claim" $n/tags 2>/dev/null; then
        result=claimed
        break
    fi
    tries=$((tries + 1))
    [ $tries -lt 20 ] || { echo "cannot make a hard link in ~/$n" >&2; exit 1; }
done
rm -f "$claim"
if [ "$(value cluster)" != "$1" ] || [ "$(value node)" != "$2" ] || [ "$(value owner)" != "$5" ] ||
    [ "$(value authorized)" != "$6" ] || [ "$(value hostkey)" != "$7" ]; then
    echo "result taken"
    tell_tags
    exit 0
fi
cat >$n/release.new && mv -f $n/release.new $n/release || { echo "cannot write ~/$n/release" >&2; exit 1; }
cat >$n/environment <<END
MUSTER_MARK_NODE=$(value mark)
MUSTER_SHARED_MEMORY=/dev/shm/muster-node-$(value mark)
[ -d "\$MUSTER_SHARED_MEMORY" ] || mkdir -m 700 "\$MUSTER_SHARED_MEMORY" 2>/dev/null
export MUSTER_MARK_NODE MUSTER_SHARED_MEMORY
END
mkdir -p .ssh || exit 1
keys=.ssh/authorized_keys
if ! grep -qxF -- "$6" $keys 2>/dev/null; then
    [ ! -e $keys ] || keys=$(readlink -f $keys)
    new=$keys.muster$$
    if [ -e "$keys" ]; then cp -p "$keys" "$new"; else : >"$new"; fi &&
        { [ -z "$(tail -c 1 "$new")" ] || echo >>"$new"; } && echo "$6" >>"$new" && mv -f "$new" "$keys" ||
        { rm -f "$new"; echo "cannot write ~/.ssh/authorized_keys" >&2; exit 1; }
fi
: >$n/ready || exit 1
echo "result $result"
tell_tags
set -- "${10}" $SSH_CONNECTION
[ -z "$4" ] || echo "server $4"
own=$(hostname -I 2>/dev/null) || own=
if [ -z "$own" ] && [ -r /proc/net/fib_trie ]; then
    own=$(while read -r a b c; do
        if [ "$a" = "|--" ]; then ip=$b; elif [ "$a $b $c" = "/32 host LOCAL" ]; then echo "$ip"; fi
    done </proc/net/fib_trie | sort -u)
fi
for ip in $own; do echo "own $ip"; done
[ -z "$1" ] || getent ahosts "$1" 2>/dev/null | while read -r ip _; do echo "named $ip"; done
exit 0
