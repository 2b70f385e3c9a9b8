package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/qulaq-kz/qulaq/internal/papers"
	"github.com/qulaq-kz/qulaq/transform/category"
	"github.com/qulaq-kz/qulaq/transform/document"
	"github.com/qulaq-kz/qulaq/transform/pii"
	"github.com/qulaq-kz/qulaq/transform/plan"
	"github.com/qulaq-kz/qulaq/transform/region"
	"github.com/qulaq-kz/qulaq/transform/status"
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
	places, err1 := region.New()
	categories, err2 := category.New()
	statuses, err3 := status.New()
	personal, err4 := pii.New(plan.Personal())
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return err
	}
	readers := make([]*plan.Reader, 2)
	for i := range readers {
		var err error
		if readers[i], err = plan.NewReader(plan.Vocabularies{Places: places, Categories: categories, Statuses: statuses, Personal: personal}); err != nil {
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
