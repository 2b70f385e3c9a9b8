package load

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/load/embedded/embeddedtest"
)

// authority is a certificate that nobody trusts by himself, in a file, and a listener that shows one that it signed.
func authority(t *testing.T, name string) (file string, config *tls.Config) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	own := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "nobody's authority"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	of := &x509.Certificate{
		SerialNumber: big.NewInt(2), DNSNames: []string{name}, NotBefore: own.NotBefore, NotAfter: own.NotAfter, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if ip := net.ParseIP(name); ip != nil {
		of.DNSNames, of.IPAddresses = nil, []net.IP{ip}
	}
	signed := func(what *x509.Certificate) []byte {
		der, err := x509.CreateCertificate(rand.Reader, what, own, &key.PublicKey, key)
		if err != nil {
			t.Fatal(err)
		}
		return der
	}
	file = filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: signed(own)}), 0o600); err != nil {
		t.Fatal(err)
	}
	return file, &tls.Config{MinVersion: tls.VersionTLS12, Certificates: []tls.Certificate{{Certificate: [][]byte{signed(of)}, PrivateKey: key}}}
}

// behindTLS serves the engine over TLS and returns where.
func behindTLS(t *testing.T, engine string, config *tls.Config) string {
	t.Helper()
	listener, err := tls.Listen("tcp", "127.0.0.1:0", config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			from, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer from.Close()
				to, err := net.Dial("tcp", engine)
				if err != nil {
					return
				}
				defer to.Close()
				go func() {
					_, _ = io.Copy(to, from)
					to.Close()
				}()
				_, _ = io.Copy(from, to)
			}()
		}
	}()
	return listener.Addr().String()
}

func TestTLS(t *testing.T) {
	engine, database := embeddedtest.Database(t)
	file, config := authority(t, "127.0.0.1")
	address := "clickhouse://" + behindTLS(t, engine, config) + "/" + database
	_, otherName := authority(t, "clickhouse.example.org")
	other := "clickhouse://" + behindTLS(t, engine, otherName) + "/" + database
	stranger, _ := authority(t, "127.0.0.1")
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, []byte("no certificate\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ address, why string }{
		"an authority that is trusted":     {address + "?secure=true&ca=" + file, ""},
		"an authority that nobody trusts":  {address + "?secure=true", "certificate"},
		"an authority of somebody else":    {address + "?secure=true&ca=" + stranger, "certificate"},
		"a certificate of another host":    {other + "?secure=true&ca=" + file, "certificate"},
		"a file without certificates":      {address + "?secure=true&ca=" + empty, "no certificate"},
		"a file that is not there":         {address + "?secure=true&ca=" + empty + ".gone", "no such file"},
		"an authority but no TLS":          {address + "?ca=" + file, "secure=true"},
		"trust in everybody, as was asked": {address + "?secure=true&skip_verify=true", ""},
	} {
		t.Run(name, func(t *testing.T) {
			w, err := Open(t.Context(), Options{Address: c.address})
			if c.why == "" {
				if err != nil {
					t.Fatal(err)
				}
				defer w.Close()
				if got := ask(t, w, "SELECT currentDatabase()"); got[0] != database {
					t.Errorf("it answers %q", got)
				}
				return
			}
			wantError(t, err, qulaq.Configuration, c.why)
			if !strings.Contains(qulaq.Hint(err), "ca=") && !strings.Contains(qulaq.Hint(err), "write it as") {
				t.Errorf("hint: %s", qulaq.Hint(err))
			}
		})
	}
}
