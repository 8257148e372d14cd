# $3 gzip when what comes on standard input is compressed, else plain.
if [ "$3" = gzip ]; then
    # The last part of a pipe is a process of its own, so its end is ours too.
    gzip -dc | unpack || exit
else
    unpack
fi
settle "$1"
