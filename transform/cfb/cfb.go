// Package cfb reads OLE compound files (MS-CFB): the container of the office documents of before 2007.
package cfb

import (
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/qulaq-kz/qulaq/transform/table"
)

// File is an OLE compound file: sectors, chains of them by a table (FAT), and a directory of named
// streams. Only streams of the root folder are known: those of folders inside it are embedded objects, such as
// the workbook inside a text document.
type File struct {
	data    []byte
	sector  int      // bytes of a sector
	fat     []uint32 // the sector that follows each
	mini    []byte   // the stream that holds the short streams
	miniFAT []uint32
	cutoff  uint32 // streams shorter than this are in mini
	streams []entry
}

// entry is a stream, or the root folder.
type entry struct {
	name  string
	first uint32 // sector
	size  uint64
}

const (
	oleMagic   = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	oleHeader  = 512
	miniSector = 64
	entrySize  = 128

	lastSector = 0xFFFFFFFA // numbers from here on are no sectors
	streamKind = 2
	rootKind   = 5
)

var le = binary.LittleEndian

func damaged(format string, arguments ...any) error {
	return fmt.Errorf(format+": %w", append(arguments, table.ErrDamaged)...)
}

// Open reads the tables and the directory. What it holds is no larger than a few times data.
func Open(data []byte) (*File, error) {
	if len(data) < oleHeader || string(data[:len(oleMagic)]) != oleMagic {
		return nil, fmt.Errorf("no OLE compound file: %w", table.ErrFormat)
	}
	shift := le.Uint16(data[30:])
	if shift != 9 && shift != 12 {
		return nil, damaged("sectors of 2^%d bytes", shift)
	}
	c := &File{data: data, sector: 1 << shift, cutoff: le.Uint32(data[56:])}
	if err := c.readFAT(); err != nil {
		return nil, err
	}
	directory, err := c.chain(le.Uint32(data[48:]))
	if err != nil {
		return nil, fmt.Errorf("the directory: %w", err)
	}
	if len(directory) < entrySize || directory[66] != rootKind {
		return nil, damaged("no root folder")
	}
	c.list(directory)
	if c.mini, err = c.chain(c.entry(directory).first); err != nil {
		return nil, fmt.Errorf("the short streams: %w", err)
	}
	miniFAT, err := c.chain(le.Uint32(data[60:]))
	if err != nil {
		return nil, fmt.Errorf("the table of short streams: %w", err)
	}
	c.miniFAT = numbers(miniFAT)
	return c, nil
}

// readFAT gathers the table of sectors from the sectors that the header names, and from a list of more.
func (c *File) readFAT() error {
	most := len(c.data)/c.sector + 1 // sectors there are
	add := func(places []uint32) error {
		for _, n := range places {
			if n >= lastSector {
				continue
			}
			part, err := c.at(n)
			if err != nil {
				return fmt.Errorf("the table of sectors: %w", err)
			}
			if len(c.fat) > most+c.sector/4 { // the rest speaks of sectors that are not there
				return nil
			}
			c.fat = append(c.fat, numbers(part)...)
		}
		return nil
	}
	if err := add(numbers(c.data[76:oleHeader])); err != nil {
		return err
	}
	next := le.Uint32(c.data[68:])
	for n := 0; next < lastSector; n++ {
		if n > most {
			return damaged("the list of tables runs in a circle")
		}
		part, err := c.at(next)
		if err != nil {
			return fmt.Errorf("the list of tables: %w", err)
		}
		places := numbers(part)
		if len(places) < c.sector/4 {
			return damaged("the list of tables is cut")
		}
		if err := add(places[:len(places)-1]); err != nil {
			return err
		}
		next = places[len(places)-1]
	}
	return nil
}

func numbers(b []byte) []uint32 {
	all := make([]uint32, len(b)/4)
	for i := range all {
		all[i] = le.Uint32(b[4*i:])
	}
	return all
}

// at returns a sector; the last of the file may be cut.
func (c *File) at(n uint32) ([]byte, error) {
	start := (int64(n) + 1) * int64(c.sector)
	if start >= int64(len(c.data)) {
		return nil, damaged("sector %d is behind the end", n)
	}
	return c.data[start:min(start+int64(c.sector), int64(len(c.data)))], nil
}

// chain returns the bytes of a chain of sectors.
func (c *File) chain(first uint32) ([]byte, error) {
	var out []byte
	for n := first; n < lastSector; {
		part, err := c.at(n)
		if err != nil {
			return nil, err
		}
		if len(out)+len(part) > len(c.data) {
			return nil, damaged("a chain of sectors runs in a circle")
		}
		out = append(out, part...)
		if int64(n) >= int64(len(c.fat)) {
			return nil, damaged("sector %d is not in the table", n)
		}
		n = c.fat[n]
	}
	return out, nil
}

// short returns the bytes of a chain of short sectors.
func (c *File) short(first uint32) ([]byte, error) {
	var out []byte
	for n := first; n < lastSector; n = c.miniFAT[n] {
		start := int64(n) * miniSector
		if start >= int64(len(c.mini)) || int64(n) >= int64(len(c.miniFAT)) {
			return nil, damaged("short sector %d is behind the end", n)
		}
		if len(out) > len(c.mini) {
			return nil, damaged("a chain of short sectors runs in a circle")
		}
		out = append(out, c.mini[start:min(start+miniSector, int64(len(c.mini)))]...)
	}
	return out, nil
}

// list gathers the streams of the root folder: a tree of lines, left and right of one another (2.6.4).
func (c *File) list(directory []byte) {
	seen := make([]bool, len(directory)/entrySize)
	todo := []uint32{le.Uint32(directory[76:])} // the line of the tree's top
	for len(todo) > 0 {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if int64(n) >= int64(len(seen)) || seen[n] {
			continue
		}
		seen[n] = true
		line := directory[int(n)*entrySize:][:entrySize]
		if line[66] == streamKind {
			c.streams = append(c.streams, c.entry(line))
		}
		todo = append(todo, le.Uint32(line[68:]), le.Uint32(line[72:]))
	}
}

func (c *File) entry(line []byte) entry {
	e := entry{first: le.Uint32(line[116:]), size: le.Uint64(line[120:])}
	if c.sector == 512 {
		e.size &= 1<<32 - 1 // the upper half may hold anything (2.6.3)
	}
	var units []uint16
	for i := 0; i+2 < min(int(le.Uint16(line[64:])), 64); i += 2 { // the length counts the closing zero
		units = append(units, le.Uint16(line[i:]))
	}
	e.name = string(utf16.Decode(units))
	return e
}

// Has says whether there is a stream of this name.
func (c *File) Has(name string) bool { return c.find(name) != nil }

func (c *File) find(name string) *entry {
	for i := range c.streams {
		if strings.EqualFold(c.streams[i].name, name) {
			return &c.streams[i]
		}
	}
	return nil
}

// Stream returns the bytes of a stream. One that is shorter than the directory says is returned as it is: the
// reader finds out whether something is missing.
func (c *File) Stream(name string) ([]byte, error) {
	e := c.find(name)
	if e == nil {
		return nil, damaged("stream %q is missing", name)
	}
	read := c.chain
	if e.size < uint64(c.cutoff) {
		read = c.short
	}
	bytes, err := read(e.first)
	if err != nil {
		return nil, fmt.Errorf("stream %q: %w", name, err)
	}
	return bytes[:min(uint64(len(bytes)), e.size)], nil
}
