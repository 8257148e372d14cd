package io.muster.cluster;

/** What installs packages on a node, whatever its Linux distribution. */
final class Packages {
    /**
     * A shell script: {@code look|install PACKAGE...}. Does nothing when all are there; with {@code look} says which
     * are not. Needs root, or sudo that asks for no password.
     */
    static final String SCRIPT = """
            what=$1
            shift
            if command -v apt-get >/dev/null; then
              has() { dpkg-query -W -f='${Status}' "${1%%=*}" 2>/dev/null | grep -q 'ok installed'; }
              get() {
                $root apt-get -q -o DPkg::Lock::Timeout=300 update &&
                  $root env DEBIAN_FRONTEND=noninteractive \\
                    apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "$@"
              }
              by='apt-get install'
            elif command -v rpm >/dev/null; then
              has() { rpm -q "$1" >/dev/null 2>&1; }
              for tool in dnf yum zypper; do
                if command -v "$tool" >/dev/null; then break; fi
              done
              get() {
                case $tool in
                  zypper) $root zypper --non-interactive install "$@" ;;
                  *) $root "$tool" -y install "$@" ;;
                esac
              }
              by="$tool install"
            else
              echo "node $MUSTER_NODE_NAME has no apt-get, dnf, yum or zypper" >&2
              exit 1
            fi
            missing=
            for package in "$@"; do
              has "$package" || missing="$missing $package"
            done
            [ -n "$missing" ] || exit 0
            if [ "$what" = look ]; then
              echo "not installed on node $MUSTER_NODE_NAME:$missing ($by$missing)" >&2
              exit 1
            fi
            root=
            if [ "$(id -u)" != 0 ]; then
              root='sudo -n'
              if ! $root true 2>/dev/null; then
                echo "user $(id -un) may not install on node $MUSTER_NODE_NAME: no sudo without a password" >&2
                exit 1
              fi
            fi
            get $missing >said.txt 2>&1 && rm -f said.txt && exit 0
            tail -n 5 said.txt >&2
            rm -f said.txt
            echo "$by$missing failed on node $MUSTER_NODE_NAME" >&2
            exit 1
            """;

    private Packages() {}
}
