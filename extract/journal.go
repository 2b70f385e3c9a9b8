package extract

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"os"
	"slices"
	"sync"
	"syscall"

	"github.com/qulaq-kz/qulaq"
)

// maxLine is the longest line of the journal: a path and a server's headers take far less.
const maxLine = 256 << 10

// place is where content may be seen again.
type place struct{ source, origin string }

// birth is content as one source's profile reads it.
type birth struct {
	source string
	hash   qulaq.Hash
}

// journal is the append-only file of sightings and what it says. The file is open, and locked against
// other processes, only while it is read or written.
type journal struct {
	path string

	mu     sync.RWMutex
	end    int64 // bytes of the file that the maps know
	lines  int   // and lines
	latest map[place]Sighting
	first  map[birth]Sighting
}

// load reads what other hands, or an earlier run, wrote since the last look, and cuts off a torn last line:
// a crash in the middle of an append leaves one, and its sighting was never promised to anybody.
func (j *journal) load() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.locked(func(*os.File) error { return nil })
}

// append writes the sighting durably, unless it tells nothing new.
func (j *journal) append(s Sighting) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if last, ok := j.latest[place{s.Source, s.Origin}]; ok && last.same(s) {
		return nil
	}
	line, err := json.Marshal(s)
	if err == nil && len(line) >= maxLine {
		err = fmt.Errorf("it takes %d bytes, the limit is %d", len(line), maxLine)
	}
	if err != nil {
		return &qulaq.Error{Op: "write sighting of", Object: s.Origin, Kind: qulaq.Contract, Err: err}
	}
	line = append(line, '\n')
	return j.locked(func(f *os.File) error {
		if _, err := f.Write(line); err != nil {
			return err // what was written of it is a torn line, for the next look to cut off
		}
		if err := f.Sync(); err != nil {
			return err
		}
		j.take(s)
		j.end += int64(len(line))
		j.lines++
		return nil
	})
}

// locked opens and locks the file, catches up with it, and runs do. The caller holds j.mu.
func (j *journal) locked(do func(*os.File) error) (err error) {
	defer func() {
		if err != nil {
			err = failed("keep journal of sightings", j.path, err)
		}
	}()
	f, err := os.OpenFile(j.path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer f.Close() // and with it the lock; what was written is synced
	for {
		if err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != syscall.EINTR {
			break
		}
	}
	if err != nil {
		return fmt.Errorf("lock: %w", err)
	}
	if err := j.catchUp(f); err != nil {
		return err
	}
	return do(f)
}

// catchUp takes the lines behind j.end and cuts off a torn one.
func (j *journal) catchUp(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() < j.end {
		return fmt.Errorf("%w: it had %d bytes and has %d", errDamaged, j.end, info.Size())
	}
	whole, lines, err := replay(io.NewSectionReader(f, j.end, info.Size()-j.end), j.take)
	if err != nil {
		return fmt.Errorf("%w: line %d: %w", errDamaged, j.lines+lines+1, err)
	}
	j.end += whole
	j.lines += lines
	if j.end == info.Size() {
		return nil
	}
	if err := f.Truncate(j.end); err != nil {
		return err
	}
	return f.Sync()
}

// take remembers a sighting.
func (j *journal) take(s Sighting) {
	j.latest[place{s.Source, s.Origin}] = s
	b := birth{s.Source, s.Hash}
	if _, ok := j.first[b]; !ok {
		j.first[b] = s
	}
}

// replay gives every whole line to take. It returns the bytes and the number of the lines taken; bytes
// behind the last newline are torn and no error.
func replay(r io.Reader, take func(Sighting)) (whole int64, lines int, err error) {
	buffered := bufio.NewReaderSize(r, maxLine)
	for {
		line, err := buffered.ReadSlice('\n')
		switch {
		case err == io.EOF:
			return whole, lines, nil
		case errors.Is(err, bufio.ErrBufferFull):
			return whole, lines, fmt.Errorf("longer than %d bytes", maxLine)
		case err != nil:
			return whole, lines, err
		}
		var s Sighting
		if err := json.Unmarshal(bytes.TrimSuffix(line, []byte("\n")), &s); err != nil {
			return whole, lines, err
		}
		take(s)
		whole += int64(len(line))
		lines++
	}
}

// latestOf returns what was last seen at a place.
func (j *journal) latestOf(p place) (Sighting, bool) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	s, ok := j.latest[p]
	return s, ok
}

// firstOf returns the first sighting of a content.
func (j *journal) firstOf(b birth) (Sighting, bool) {
	j.mu.RLock()
	defer j.mu.RUnlock()
	s, ok := j.first[b]
	return s, ok
}

// births returns the first sighting of every content of a source, by ExportedAt and then by hash.
func (j *journal) births(source string) []Sighting {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return of(source, maps.Values(j.first), func(a, b Sighting) int {
		return cmp.Or(a.ExportedAt.Compare(b.ExportedAt), bytes.Compare(a.Hash[:], b.Hash[:]))
	})
}

// standing returns the last sighting at every origin of a source, by origin.
func (j *journal) standing(source string) []Sighting {
	j.mu.RLock()
	defer j.mu.RUnlock()
	return of(source, maps.Values(j.latest), func(a, b Sighting) int { return cmp.Compare(a.Origin, b.Origin) })
}

// of returns those of a source in an order.
func of(source string, all iter.Seq[Sighting], order func(a, b Sighting) int) (some []Sighting) {
	for s := range all {
		if s.Source == source {
			some = append(some, s)
		}
	}
	slices.SortFunc(some, order)
	return some
}
