# The one process of a node that everything else hangs on.
mkdir -p /run/sshd
chmod 700 /etc/muster
if [ -x /usr/sbin/sshd ]; then server=/usr/sbin/sshd; else server=$(command -v sshd); fi
exec "$server" -D -e -f /usr/local/lib/muster/sshd_config
