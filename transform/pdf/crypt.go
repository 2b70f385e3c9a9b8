package pdf

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"

	"github.com/qulaq-kz/qulaq/transform/table"
)

// crypt is the key of a file that anybody may open (its user password is empty) and that is encrypted only so
// that programs honour its "no printing, no copying". Strings are left as they are: no text of a page is one.
type crypt struct {
	key  []byte
	aes  bool
	v5   bool // the key itself unlocks every stream
	none bool // streams are not encrypted
}

// padding completes a password to 32 bytes (ISO 32000-1, 7.6.3.3).
var padding = []byte("\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08" +
	"\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A")

// unlock finds the key of an encrypted file with the empty password; table.ErrEncrypted when it wants another
// one or is locked in a way that is not known.
func (f *file) unlock() error {
	if f.trailer["Encrypt"] == nil {
		return nil
	}
	d := f.dict(f.trailer["Encrypt"])
	version, revision := f.int(d["V"], 0), f.int(d["R"], 0)
	owner, _ := f.resolve(d["O"]).(text)
	user, _ := f.resolve(d["U"]).(text)
	if f.resolve(d["Filter"]) != name("Standard") {
		return table.ErrEncrypted
	}
	c := &crypt{}
	bits := f.int(d["Length"], 40)
	switch version {
	case 1:
		bits = 40
	case 2, 3:
	case 4, 5:
		how, _ := f.resolve(d["StmF"]).(name)
		switch method := f.resolve(f.dict(f.dict(d["CF"])[how])["CFM"]); {
		case how == "" || how == "Identity" || method == name("None"):
			c.none = true
		case method == name("V2"):
			bits = 128
		case method == name("AESV2"):
			bits, c.aes = 128, true
		case method == name("AESV3") && version == 5:
			c.aes, c.v5 = true, true
		default:
			return table.ErrEncrypted
		}
	default:
		return table.ErrEncrypted
	}
	var ok bool
	if version == 5 {
		encrypted, _ := f.resolve(d["UE"]).(text)
		c.key, ok = key256([]byte(user), []byte(encrypted), revision)
	} else if bits >= 40 && bits <= 128 && len(owner) >= 32 && len(user) >= 16 {
		var id text
		if ids, _ := f.resolve(f.trailer["ID"]).(array); len(ids) > 0 {
			id, _ = f.resolve(ids[0]).(text)
		}
		plain := f.resolve(d["EncryptMetadata"]) == false
		c.key, ok = key128([]byte(owner[:32]), []byte(user), []byte(id), uint32(int64(f.float(d["P"], 0))), bits/8, revision, plain)
	}
	if !ok {
		return table.ErrEncrypted
	}
	f.crypt = c
	// What was read up to now was the tables, and they are never encrypted.
	f.streams = map[int]*packed{}
	return nil
}

// key128 makes the key of revisions 2 to 4 (algorithm 2) and proves it against the user entry (4 and 5).
func key128(owner, user, id []byte, permissions uint32, length, revision int, plainMetadata bool) ([]byte, bool) {
	h := md5.New()
	h.Write(padding)
	h.Write(owner)
	h.Write(binary.LittleEndian.AppendUint32(nil, permissions))
	h.Write(id)
	if revision >= 4 && plainMetadata {
		h.Write([]byte{0xff, 0xff, 0xff, 0xff})
	}
	key := h.Sum(nil)
	if revision < 3 {
		key = key[:5]
		return key, bytes.Equal(rc4ed(key, padding), user[:min(32, len(user))])
	}
	for range 50 {
		sum := md5.Sum(key[:length])
		key = sum[:]
	}
	key = key[:length]
	sum := md5.Sum(append(bytes.Clone(padding), id...))
	proof := sum[:]
	for i := range 20 {
		k := bytes.Clone(key)
		for j := range k {
			k[j] ^= byte(i)
		}
		proof = rc4ed(k, proof)
	}
	return key, bytes.Equal(proof, user[:16])
}

func rc4ed(key, data []byte) []byte {
	out := make([]byte, len(data))
	if c, err := rc4.NewCipher(key); err == nil { // the length of key is right: 5 to 21 bytes
		c.XORKeyStream(out, data)
	}
	return out
}

// key256 makes the key of revisions 5 and 6 (ISO 32000-2, algorithm 2.A) and proves it.
func key256(user, encrypted []byte, revision int) ([]byte, bool) {
	if len(user) < 48 || len(encrypted) < 32 {
		return nil, false
	}
	hash := func(salt []byte) []byte {
		sum := sha256.Sum256(salt) // of an empty password and the salt
		if revision < 6 {
			return sum[:]
		}
		return hardened(sum[:])
	}
	if !bytes.Equal(hash(user[32:40]), user[:32]) {
		return nil, false
	}
	b, err := aes.NewCipher(hash(user[40:48]))
	if err != nil {
		return nil, false
	}
	key := make([]byte, 32)
	cipher.NewCBCDecrypter(b, make([]byte, 16)).CryptBlocks(key, encrypted[:32])
	return key, true
}

// hardened is the slow hash of revision 6 (algorithm 2.B), for an empty password.
func hardened(k []byte) []byte {
	for i := 0; ; i++ {
		e := bytes.Repeat(k, 64)
		b, err := aes.NewCipher(k[:16])
		if err != nil { // sixteen bytes are a key
			return nil
		}
		cipher.NewCBCEncrypter(b, k[16:32]).CryptBlocks(e, e)
		mod := 0
		for _, c := range e[:16] {
			mod += int(c)
		}
		switch mod % 3 {
		case 0:
			s := sha256.Sum256(e)
			k = s[:]
		case 1:
			s := sha512.Sum384(e)
			k = s[:]
		default:
			s := sha512.Sum512(e)
			k = s[:]
		}
		if i >= 63 && int(e[len(e)-1]) <= i-32 || i > 1000 {
			return k[:32]
		}
	}
}

// decrypt returns the bytes of a stream as they were before encryption.
func (c *crypt) decrypt(data []byte, s *stream) []byte {
	if c.none || s.dict["Type"] == name("XRef") {
		return data
	}
	key := c.key
	if !c.v5 {
		k := append(bytes.Clone(key), byte(s.id.number), byte(s.id.number>>8), byte(s.id.number>>16),
			byte(s.id.generation), byte(s.id.generation>>8))
		if c.aes {
			k = append(k, "sAlT"...)
		}
		sum := md5.Sum(k)
		key = sum[:min(16, len(key)+5)]
	}
	if !c.aes {
		return rc4ed(key, data)
	}
	b, err := aes.NewCipher(key)
	if err != nil || len(data) < 32 {
		return nil
	}
	out := bytes.Clone(data[16 : len(data)-len(data)%16])
	cipher.NewCBCDecrypter(b, data[:16]).CryptBlocks(out, out)
	if n := int(out[len(out)-1]); n >= 1 && n <= 16 {
		out = out[:len(out)-n]
	}
	return out
}
