// What is added to SIG Network's package before it is built: a way to its verdict, which it gives to its own queue of packets
// alone.

package networkpolicy

import (
	"context"
	"net"

	v1 "k8s.io/api/core/v1"
)

// Admits says whether the first packet of a connection gets through, from an address to a port of another.
func (c *Controller) Admits(from, to string, number int, protocol v1.Protocol) bool {
	first := packet{srcIP: net.ParseIP(from), srcPort: 50000, dstIP: net.ParseIP(to), dstPort: number, proto: protocol}
	return c.evaluatePacket(context.Background(), first)
}
