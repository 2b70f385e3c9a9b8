package unpack

import (
	"bytes"
	"encoding/binary"
	"io"
)

// The names of the streams that a password puts a workbook into, in UTF-16 as the directory has them
// (MS-OFFCRYPTO, section 1.3.1).
var lockedStreams = [...][]byte{utf16LE("EncryptedPackage"), utf16LE("EncryptionInfo")}

// isLocked says whether an OLE file, read from its beginning, holds a workbook locked with a password. It
// looks at the first entries of the directory, whose place stands in the header (MS-CFB, section 2.2).
// What cannot be followed counts as not locked: the file is refused either way, the hint only is better.
func isLocked(r io.Reader) bool {
	var header [512]byte
	if _, err := io.ReadFull(r, header[:]); err != nil {
		return false
	}
	shift := binary.LittleEndian.Uint16(header[30:])
	if shift != 9 && shift != 12 { // sectors of 512 or 4,096 bytes
		return false
	}
	directory := (int64(binary.LittleEndian.Uint32(header[48:])) + 1) << shift
	skip := directory - int64(len(header))
	if skip > MaxInMemory {
		return false
	}
	if _, err := io.CopyN(io.Discard, r, skip); err != nil {
		return false
	}
	entries, err := io.ReadAll(io.LimitReader(r, 4096))
	if err != nil {
		return false
	}
	for _, name := range lockedStreams {
		if bytes.Contains(entries, name) {
			return true
		}
	}
	return false
}

func utf16LE(ascii string) []byte {
	var b []byte
	for i := range len(ascii) {
		b = append(b, ascii[i], 0)
	}
	return b
}
