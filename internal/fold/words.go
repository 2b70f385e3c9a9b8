package fold

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// Words is a vocabulary: what listed values mean. A value that ends in "…" stands for all values that begin
// so: «Запрос …» for every value whose first word it is, «Вопросы охраны живот…» for one that was seen only
// cut off. The whole value goes before its beginning, and the longer beginning before the shorter.
//
// The zero value is empty and ready. After the last Add it may be used by many goroutines.
type Words[V any] struct {
	whole      map[string]V
	beginnings []beginning[V] // the longest first
}

type beginning[V any] struct {
	key   string
	value V
}

// Add lists a value. It fails for a value that is empty, and for one that is listed already.
func (w *Words[V]) Add(text string, v V) error {
	text, cut := strings.CutSuffix(text, "…")
	key := Key(text)
	if key == "" {
		return fmt.Errorf("%q is empty", text)
	}
	if !cut {
		if _, ok := w.whole[key]; ok {
			return fmt.Errorf("%q is listed twice", text)
		}
		if w.whole == nil {
			w.whole = make(map[string]V)
		}
		w.whole[key] = v
		return nil
	}
	if strings.HasSuffix(text, " ") {
		key += " "
	}
	at := 0
	for i, b := range w.beginnings {
		if b.key == key {
			return fmt.Errorf("%q is listed twice", text)
		}
		if len(b.key) >= len(key) {
			at = i + 1
		}
	}
	w.beginnings = slices.Insert(w.beginnings, at, beginning[V]{key, v})
	return nil
}

// Find returns what the value with this key means, and whether it is listed. It does not keep the key.
func (w *Words[V]) Find(key []byte) (V, bool) {
	if v, ok := w.whole[string(key)]; ok {
		return v, true
	}
	for _, b := range w.beginnings {
		if len(key) >= len(b.key) && bytes.Equal(key[:len(b.key)], []byte(b.key)) {
			return b.value, true
		}
	}
	var none V
	return none, false
}

// ReadTable reads a vocabulary file: rows of tab-separated cells, exactly as many as columns. Empty lines and
// lines that begin with # are for people. The error names the line.
func ReadTable(text string, columns int) ([][]string, error) {
	var rows [][]string
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSuffix(line, "\r")
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != columns {
			return nil, fmt.Errorf("line %d: %d cells, want %d", n+1, len(cells), columns)
		}
		rows = append(rows, cells)
	}
	return rows, nil
}
