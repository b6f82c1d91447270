#!/bin/sh
# Start nginx with what only this machine knows: who answers names here, and which proxies in
# front may say whom they speak for. PROXY_ADDRESSES names those, by address or network, with
# spaces or commas between. Where it is empty and only this machine can reach the port
# (HTTP_ADDRESS is 127.0.0.1), the proxy runs on this machine and comes in by the gateway.
set -eu
written=${1:-/etc/nginx/conf.d/00-here.conf}

# The first one alone, as every other program asks it: nginx would ask all of them in turn, and
# the second may be the machine's own, which knows no containers.
server=""
while read -r word first _rest; do
    [ "$word" = nameserver ] || continue
    case $first in
        *:*) server="[${first%%%*}]" ;;
        *) server=$first ;;
    esac
    break
done < "${RESOLV_CONF:-/etc/resolv.conf}"
[ -n "$server" ] || { echo "No name server in resolv.conf." >&2; exit 1; }

gateway() {
    # The kernel writes an address as hexadecimal, its last byte first.
    while read -r _device destination by _rest; do
        [ "$destination" = 00000000 ] || continue
        printf '%d.%d.%d.%d' "0x${by#??????}" "0x$(echo "$by" | cut -c5-6)" \
            "0x$(echo "$by" | cut -c3-4)" "0x$(echo "$by" | cut -c1-2)"
        return
    done < /proc/net/route
}

proxies=$(echo "${PROXY_ADDRESSES:-}" | tr ',' ' ')
if [ -z "$(echo "$proxies" | tr -d ' ')" ]; then
    case ${HTTP_ADDRESS:-127.0.0.1} in
        127.*) proxies=$(gateway) ;;
    esac
fi
# Anything but an address would become a line of nginx's own.
case $proxies in
    *[!0-9a-fA-F:./\ ]*) echo "PROXY_ADDRESSES holds something that is no address." >&2; exit 1 ;;
esac

{
    echo "resolver $server valid=2s ipv6=off;"
    echo "resolver_timeout 5s;"
    echo "real_ip_header X-Forwarded-For;"
    echo "real_ip_recursive on;"
    for proxy in $proxies; do
        echo "set_real_ip_from $proxy;"
    done
    # Who is at the other end of the line, whatever the request says about itself.
    echo "geo \$realip_remote_addr \$from_proxy {"
    echo "    default 0;"
    for proxy in $proxies; do
        echo "    $proxy 1;"
    done
    echo "}"
} > "$written"
if [ $# -eq 0 ]; then
    exec nginx -g "daemon off;"
fi
