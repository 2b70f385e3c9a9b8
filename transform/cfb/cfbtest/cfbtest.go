// Package cfbtest writes small compound files for the tests of those who read them.
package cfbtest

import (
	"encoding/binary"
	"maps"
	"slices"
	"unicode/utf16"
)

// Of writes a compound file with these streams in its root, each in sectors of its own.
func Of(streams map[string][]byte) []byte { return With(9, streams) }

// With is Of with sectors of 2^shift bytes.
func With(shift int, streams map[string][]byte) []byte {
	le := binary.LittleEndian
	sector := 1 << shift
	const end = 0xFFFFFFFE
	var body []byte
	var fat []uint32
	add := func(data []byte) uint32 { // and padding; no stream is a short one, as the limit is 0
		first := uint32(len(fat))
		n := max(1, (len(data)+sector-1)/sector)
		for i := range n {
			next := first + uint32(i) + 1
			if i == n-1 {
				next = end
			}
			fat = append(fat, next)
		}
		body = append(body, data...)
		body = append(body, make([]byte, n*sector-len(data))...)
		return first
	}
	line := func(name string, kind byte, left, right, child, first uint32, size int) []byte {
		b := make([]byte, 128)
		var units []byte
		for _, u := range utf16.Encode([]rune(name)) {
			units = le.AppendUint16(units, u)
		}
		copy(b, units)
		le.PutUint16(b[64:], uint16(len(units)+2))
		b[66] = kind
		le.PutUint32(b[68:], left)
		le.PutUint32(b[72:], right)
		le.PutUint32(b[76:], child)
		le.PutUint32(b[116:], first)
		le.PutUint64(b[120:], uint64(size))
		return b
	}
	const none = 0xFFFFFFFF
	directory := line("Root Entry", 5, none, none, 1, end, 0)
	i := uint32(1)
	for _, name := range slices.Sorted(maps.Keys(streams)) {
		data := streams[name]
		next := i + 1
		if int(i) == len(streams) {
			next = none
		}
		directory = append(directory, line(name, 2, none, next, none, add(data), len(data))...)
		i++
	}
	dirAt := add(directory)
	fatSectors := 1
	for fatSectors*sector/4 < len(fat)+fatSectors {
		fatSectors++
	}
	header := make([]byte, sector)
	copy(header, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	le.PutUint16(header[26:], 3)
	le.PutUint16(header[30:], uint16(shift))
	le.PutUint32(header[44:], uint32(fatSectors))
	le.PutUint32(header[48:], dirAt)
	le.PutUint32(header[60:], end)
	le.PutUint32(header[68:], end)
	for i := range 109 {
		place := uint32(none)
		if i < fatSectors {
			place = uint32(len(fat) + i)
		}
		le.PutUint32(header[76+4*i:], place)
	}
	table := make([]byte, fatSectors*sector)
	for i := range len(table) / 4 {
		le.PutUint32(table[4*i:], none)
	}
	for i, n := range fat {
		le.PutUint32(table[4*i:], n)
	}
	return slices.Concat(header, body, table)
}
