package fetch

import (
	_ "embed"
	"fmt"
	"net/netip"
	"strings"
	"syscall"
)

//go:embed private.tsv
var privateTable string

// privateNetworks reads the table of networks that are not the public internet.
func privateNetworks() ([]netip.Prefix, error) {
	var networks []netip.Prefix
	for line := range strings.Lines(privateTable) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		text, _, _ := strings.Cut(line, "\t")
		network, err := netip.ParsePrefix(text)
		if err != nil {
			return nil, err
		}
		networks = append(networks, network)
	}
	return networks, nil
}

// privateError says that a name led to an address that is not for us.
type privateError struct{ addr netip.Addr }

func (e privateError) Error() string {
	return fmt.Sprintf("%s is a private or reserved address", e.addr)
}

// nat64 carries an IPv4 address in its last four bytes, RFC 6052.
var nat64 = netip.MustParsePrefix("64:ff9b::/96")

// guard is a net.Dialer's Control: it sees the address after the name was resolved and right before it is
// connected to, so neither a redirect nor a name server that changes its mind gets past it.
func guard(forbidden []netip.Prefix) func(network, address string, c syscall.RawConn) error {
	return func(_, address string, _ syscall.RawConn) error {
		end, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("address %q: %w", address, err)
		}
		addr := end.Addr().Unmap().WithZone("")
		if nat64.Contains(addr) {
			b := addr.As16()
			addr = netip.AddrFrom4([4]byte(b[12:]))
		}
		for _, network := range forbidden {
			if network.Contains(addr) {
				return privateError{addr}
			}
		}
		return nil
	}
}
