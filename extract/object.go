package extract

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"sync"

	"github.com/klauspost/compress/zstd"

	"github.com/qulaq-kz/qulaq"
)

// form is how an object lies on the disk; it is the file's extension.
type form string

const (
	packed form = ".zst" // packed with zstd
	raw    form = ".raw" // as received
)

var forms = []form{packed, raw}

// packedAlready are the first bytes of content that zstd could not make smaller, or that is read at random
// places: a zip, and so a workbook.
var packedAlready = [][]byte{
	[]byte("\x1f\x8b"),          // gzip
	[]byte("PK\x03\x04"),        // zip
	[]byte("PK\x05\x06"),        // zip without members
	[]byte("\x28\xb5\x2f\xfd"),  // zstd
	[]byte("%PDF-"),             // PDF
	[]byte("\xff\xd8\xff"),      // JPEG
	[]byte("\x89PNG\r\n\x1a\n"), // PNG
}

// formOf chooses the form by the first bytes; names and media types are not believed.
func formOf(head []byte) form {
	for _, magic := range packedAlready {
		if bytes.HasPrefix(head, magic) {
			return raw
		}
	}
	return packed
}

const (
	// chunk is what is read, hashed and packed at once.
	chunk = 1 << 20
	// window is how far back zstd looks for repeats. Blocks are packed side by side, and this much of the
	// block before is looked through again for each: a smaller window packs slower in all, a larger one
	// only costs memory.
	window = 1 << 20
)

// packer turns a stream into an object. It is reused: its buffers are what an object costs in memory,
// some 10 MiB.
type packer struct {
	sum     hash.Hash
	encoder *zstd.Encoder
	now     []byte // being hashed and packed
	next    []byte // being read
}

func newPacker() *packer {
	encoder, err := zstd.NewWriter(nil,
		zstd.WithEncoderLevel(zstd.SpeedFastest),
		zstd.WithWindowSize(window),
		zstd.WithEncoderConcurrency(2), zstd.WithConcurrentBlocks(true),
		zstd.WithZeroFrames(true))
	if err != nil {
		panic(err) // the options are constants
	}
	return &packer{sum: sha256.New(), encoder: encoder, now: make([]byte, chunk), next: make([]byte, chunk)}
}

// content is what pack learnt of a stream.
type content struct {
	hash qulaq.Hash
	size int64
	form form
}

// ErrTooLarge is the reason of an error about content beyond Archive.Limit.
var ErrTooLarge = errors.New("too large")

// pack copies r to w in the form that fits, and hashes it on the way. While one chunk is hashed and
// packed, the next is read. Content of more than limit bytes is an error.
func (p *packer) pack(ctx context.Context, w io.Writer, r io.Reader, limit int64) (c content, err error) {
	p.sum.Reset()
	var (
		out      io.Writer
		writeErr error
		working  sync.WaitGroup
	)
	defer func() {
		working.Wait()
		if c.form == packed {
			p.encoder.Close() // ends its goroutines when something failed
		}
	}()
	for done := false; !done; {
		n, err := fill(r, p.next)
		working.Wait()
		c.size += int64(n)
		switch {
		case writeErr != nil:
			return c, writeErr
		case ctx.Err() != nil:
			return c, context.Cause(ctx)
		case err != nil && err != io.EOF:
			return c, err
		case c.size > limit:
			return c, fmt.Errorf("%w: the limit is %d bytes", ErrTooLarge, limit)
		}
		done = err == io.EOF
		p.now, p.next = p.next, p.now
		data := p.now[:n]
		if out == nil {
			c.form, out = formOf(data), w
			if c.form == packed {
				p.encoder.Reset(w)
				out = p.encoder
			}
		}
		working.Go(func() { p.sum.Write(data) })
		working.Go(func() { _, writeErr = out.Write(data) })
	}
	working.Wait()
	if writeErr == nil && c.form == packed {
		writeErr = p.encoder.Close()
	}
	p.sum.Sum(c.hash[:0])
	return c, writeErr
}

// fill reads until b is full or r ends. Unlike io.ReadFull it never turns an error of r into another: a
// connection that was cut must not look like the end.
func fill(r io.Reader, b []byte) (n int, err error) {
	for n < len(b) && err == nil {
		var m int
		m, err = r.Read(b[n:])
		n += m
	}
	return n, err
}

// proof compares the bytes that go by with the hash they should have.
type proof struct {
	want qulaq.Hash
	sum  hash.Hash // nil: the size is proof enough
	size int64
	seen int64
}

func (p *proof) see(b []byte) {
	p.seen += int64(len(b))
	if p.sum != nil {
		p.sum.Write(b)
	}
}

func (p *proof) check() error {
	if p.sum == nil {
		if p.seen != p.size {
			return corrupt(p.want, fmt.Errorf("it holds %d bytes, not %d", p.seen, p.size))
		}
		return nil
	}
	if got := qulaq.Hash(p.sum.Sum(nil)); got != p.want {
		return corrupt(p.want, fmt.Errorf("its bytes have the hash %s", got.Short()))
	}
	return nil
}

// corrupt marks an object that is not what its name says.
func corrupt(want qulaq.Hash, err error) error {
	return &qulaq.Error{
		Op: "read object", Object: want.Short(), Kind: qulaq.Contract, Err: err,
		Hint: "the archive is damaged: `qulaq doctor` names such objects, `--fix` sets them aside; an export that still lies in its folder is then kept anew, another bring back from a backup, to its place in archive/objects",
	}
}

// unpacked reads a packed object.
type unpacked struct {
	file    *os.File
	decoder *zstd.Decoder
	proof   proof
	err     error // sticky
}

// size is not negative when this process packed the object itself: then the size and zstd's own checksum,
// which is always compared, suffice to tell that the disk gives back what was written.
func openPacked(file *os.File, want qulaq.Hash, size int64) (io.ReadCloser, error) {
	// One goroutine: a second would gain a little time and cost more of the processors that the
	// reader's own work needs.
	decoder, err := zstd.NewReader(file, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(8<<20))
	if err != nil {
		file.Close()
		return nil, corrupt(want, err)
	}
	u := &unpacked{file: file, decoder: decoder, proof: proof{want: want, size: size}}
	if size < 0 {
		u.proof.sum = sha256.New()
	}
	return u, nil
}

// Read returns an error instead of io.EOF when the bytes were not those that were put.
func (u *unpacked) Read(b []byte) (int, error) {
	if u.err != nil {
		return 0, u.err
	}
	n, err := u.decoder.Read(b)
	u.proof.see(b[:n])
	switch {
	case err == io.EOF:
		if u.err = u.proof.check(); u.err == nil {
			u.err = io.EOF
		}
	case err != nil:
		u.err = corrupt(u.proof.want, err)
	}
	return n, u.err
}

func (u *unpacked) Close() error {
	u.decoder.Close()
	return u.file.Close()
}

// random reads a raw object, in order or at random places.
type random struct {
	file   *os.File
	proof  proof
	whole  func() error // proves the whole file, once
	ending error        // what Read returned at the end
}

func openRaw(file *os.File, want qulaq.Hash) io.ReadCloser {
	return &random{
		file:  file,
		proof: proof{want: want, sum: sha256.New()},
		whole: sync.OnceValue(func() error {
			p := proof{want: want, sum: sha256.New()}
			if _, err := io.Copy(p.sum, io.NewSectionReader(file, 0, 1<<62)); err != nil {
				return corrupt(want, err)
			}
			return p.check()
		}),
	}
}

// Read returns an error instead of io.EOF when the bytes were not those that were put.
func (r *random) Read(b []byte) (int, error) {
	if r.ending != nil {
		return 0, r.ending
	}
	n, err := r.file.Read(b)
	r.proof.see(b[:n])
	switch {
	case err == io.EOF:
		if r.ending = r.proof.check(); r.ending == nil {
			r.ending = io.EOF
		}
	case err != nil:
		r.ending = corrupt(r.proof.want, err)
	}
	return n, r.ending
}

// ReadAt proves the whole object before its first answer: who reads at random places never comes to an
// end where the proof could wait.
func (r *random) ReadAt(b []byte, at int64) (int, error) {
	if err := r.whole(); err != nil {
		return 0, err
	}
	return r.file.ReadAt(b, at)
}

func (r *random) Close() error { return r.file.Close() }
