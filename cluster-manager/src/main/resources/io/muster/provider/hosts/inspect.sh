# Who has this machine.
[ -f $n/tags ] || { echo "result none"; exit 0; }
echo "result there"
[ ! -f $n/ready ] || echo "ready yes"
tell_tags
