package govsim

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"
)

// AddFolder publishes the documents of a folder: SLUG/LANG/2023-01-20 Title.docx is one entry of that day, in
// the morning. A .html is the body of an entry; one with the same name as another file is that file's body.
func (w *World) AddFolder(in fs.FS) error {
	paths, err := fs.Glob(in, "*/*/*")
	if err != nil {
		return err
	}
	bodies := map[string]string{} // entry → path
	var files []string
	for _, at := range paths {
		if path.Ext(at) == ".html" {
			bodies[strings.TrimSuffix(at, ".html")] = at
		} else {
			files = append(files, at)
		}
	}
	add := func(entry string, e Entry) error {
		parts := strings.Split(entry, "/")
		day, title, ok := strings.Cut(parts[2], " ")
		if e.Created, err = time.Parse(time.DateOnly, day); err != nil || !ok {
			return fmt.Errorf("%s: a name is a day, a space and a title", entry)
		}
		e.Created, e.Title = e.Created.Add(4*time.Hour), title
		if body := bodies[entry]; body != "" {
			text, err := fs.ReadFile(in, body)
			if err != nil {
				return err
			}
			e.Content = string(text)
			delete(bodies, entry)
		}
		w.Add(parts[0], parts[1], e)
		return nil
	}
	for _, at := range files {
		data, err := fs.ReadFile(in, at)
		if err != nil {
			return err
		}
		entry := strings.TrimSuffix(at, path.Ext(at))
		if err := add(entry, Entry{Files: []File{{Name: path.Base(at), Data: data}}}); err != nil {
			return err
		}
	}
	for _, at := range paths { // what is left of the bodies, in the order of names
		entry := strings.TrimSuffix(at, ".html")
		if bodies[entry] != at {
			continue
		}
		if err := add(entry, Entry{}); err != nil {
			return err
		}
	}
	return nil
}
