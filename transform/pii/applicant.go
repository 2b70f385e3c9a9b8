package pii

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"

	"github.com/qulaq-kz/qulaq/internal/fold"
)

// Applicant returns a code that stands for the person who complained, so that repeats can be counted without knowing
// who it is: HMAC-SHA-256 of the identity with a secret key, the first 16 bytes in hex. Without a key or an identity
// it returns "".
//
// The identity is brought to one form first: the twelve digits of an IIN, a telephone as +7 and ten digits, anything
// else as fold.Key writes it, so spacing, notation and letter case do not matter. An IIN and a telephone of one person
// give two codes; a name two people share gives one.
//
// Who does not have the key can neither turn a code back nor make the code of somebody he suspects. Who has it can: he
// tries all telephones in an hour. So the key belongs in the environment of the loading program and nowhere near the
// warehouse. Equal codes still say that two complaints are one person's, and what these tell together may betray who it
// is: the code does not make a small group anonymous.
func Applicant(key []byte, identity string) string {
	form := canonical(identity)
	if len(key) == 0 || form == "" {
		return ""
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(form))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// canonical returns the one form of an identity.
func canonical(identity string) string {
	var digits [12]byte
	n := 0
	for i := 0; i < len(identity); {
		if v, size := digitAt([]byte(identity[i:min(i+3, len(identity))]), 0); size > 0 {
			if n == len(digits) {
				return fold.Key(identity)
			}
			digits[n] = '0' + v
			n++
			i += size
			continue
		}
		window := []byte(identity[i:min(i+4, len(identity))])
		if invisible := invisibleAt(window, 0); invisible > 0 {
			i += invisible
			continue
		}
		if letterAt(window, 0) > 0 {
			return fold.Key(identity)
		}
		_, size := signAt(window, 0)
		i += size
	}
	switch {
	case n == 12:
		return string(digits[:12])
	case n == 11 && (digits[0] == '7' || digits[0] == '8'):
		return "+7" + string(digits[1:11])
	case n == 10 && digits[0] == '7':
		return "+7" + string(digits[:10])
	}
	return fold.Key(identity)
}
