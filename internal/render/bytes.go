package render

import "fmt"

// Bytes writes a size for people, in powers of a thousand: 1.2 GB.
func Bytes(n uint64) string {
	const step = 1000
	if n < step {
		return fmt.Sprintf("%d B", n)
	}
	units := []string{"kB", "MB", "GB", "TB", "PB"}
	value, i := float64(n)/step, 0
	for ; value >= step-0.05 && i < len(units)-1; i++ { // 999.96 would be written as 1000.0
		value /= step
	}
	return fmt.Sprintf("%.1f %s", value, units[i])
}
