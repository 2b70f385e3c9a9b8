package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/qulaq-kz/qulaq/internal/papers"
	"github.com/qulaq-kz/qulaq/transform/document"
	"github.com/qulaq-kz/qulaq/transform/plan"
)

// documents prints how many papers of mixed kinds are read a second, from their bytes to the items of plans, on two
// cores. Scans are opened and left unread, as where no outside program recognises them.
func documents() error {
	var all []papers.Paper
	for _, half := range []string{papers.Dev, papers.Test} {
		p, err := papers.Read(half)
		if err != nil {
			return err
		}
		all = append(all, p...)
	}
	vocabularies, err := plan.BuiltIn()
	if err != nil {
		return err
	}
	readers := make([]*plan.Reader, 2)
	for i := range readers {
		if readers[i], err = plan.NewReader(vocabularies); err != nil {
			return err
		}
	}
	fmt.Printf("bench documents %.0f documents/s\n", rate(func() int {
		var next atomic.Int64
		var working sync.WaitGroup
		for _, r := range readers {
			working.Go(func() {
				for i := next.Add(1) - 1; int(i) < len(all); i = next.Add(1) - 1 {
					p := all[i]
					// What cannot be read is a part of the mixture.
					docs, err := (&document.Reader{}).Read(context.Background(), p.File, p.Name)
					r.Read(plan.Publication{Files: []plan.File{{Name: p.Name, Hash: sha256.Sum256(p.File), Documents: docs, Err: err}}})
				}
			})
		}
		working.Wait()
		return len(all)
	}))
	return nil
}
