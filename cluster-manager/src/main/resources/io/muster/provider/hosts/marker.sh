# What a machine is taken with: ~/.muster/node/tags, lines `NAME VALUE`. Everything that a node gets lies beside it.
cd || exit 1
umask 077
n=.muster/node
value() {
    while read -r name rest; do
        if [ "$name" = "$1" ]; then
            printf '%s' "$rest"
            return
        fi
    done <$n/tags
}
tell_tags() { while read -r line; do echo "tag $line"; done <$n/tags; }
