package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/extract"
	"github.com/qulaq-kz/qulaq/extract/govkz"
	"github.com/qulaq-kz/qulaq/extract/listing"
	"github.com/qulaq-kz/qulaq/internal/govsim"
	"github.com/qulaq-kz/qulaq/pipelines"
)

// gatherSpeeds prints what a long page of a listing takes, and how long a night of all akimats in which nothing is new
// takes, in times of the pauses between its requests, which alone are politeness.
func gatherSpeeds(ctx context.Context, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	folder, err := os.MkdirTemp(dir, "gather")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	return errors.Join(longListing(ctx, folder), quietNight(ctx, folder))
}

// longListing reads a page of 20 MB from the archive and prints the most memory that was held meanwhile.
func longListing(ctx context.Context, folder string) error {
	const size, entry = 20 << 20, 60_000
	var page bytes.Buffer
	for n := 0; page.Len() < size; n++ {
		fmt.Fprintf(&page, `,{"id":%d,"title":"Документ","created_date":"2023-01-20T10:00:00.000+00:00","full_text":[],"content":"%s"}`, n, strings.Repeat("жол ", entry/len("жол ")))
	}
	page.WriteString("]")
	page.Bytes()[0] = '['
	archive, err := extract.OpenArchive(folder, time.Now)
	if err != nil {
		return err
	}
	snap, err := archive.Put(ctx, &page, extract.Sighting{Source: "govkz/bench", Origin: govkz.BaseURL + "/api/v1/public/content-manager/documents?projects=bench#lang=ru"})
	if err != nil {
		return err
	}
	page = bytes.Buffer{}
	runtime.GC()
	var most uint64
	start := time.Now()
	_, err = govkz.Entries(snap, func(listing.Entry) error {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		most = max(most, m.HeapInuse)
		return nil
	})
	fmt.Printf("bench listing_memory %d MB\nbench listing %.2f s\n", most>>20, time.Since(start).Seconds())
	return err
}

// quietNight gathers from a small internet of all akimats twice and times the second night.
func quietNight(ctx context.Context, folder string) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	world := govsim.New()
	address, out := io.Pipe()
	go func() { out.CloseWithError(govsim.Serve(ctx, "127.0.0.1:0", world, out)) }()
	e := pipelines.Environment{Config: pipelines.DefaultConfig(), Now: time.Now, Log: slog.New(slog.DiscardHandler), Version: "bench"}
	e.Config.Data = folder
	e.Config.Network.AllowPrivate, e.Config.Network.Contact = true, "https://example.org/bench"
	if _, err := fmt.Fscanln(address, &e.Config.Plans.BaseURL); err != nil {
		return err
	}
	sources, err := e.PlanSources()
	if err != nil {
		return err
	}
	for _, s := range sources {
		for i := range 50 {
			for _, lang := range s.Langs() {
				world.Add(s.Slug, string(lang), govsim.Entry{
					Title: "О бюджете", Content: "<p>Текст.</p>", Created: qulaq.Date(2023, 1, 20).Time().AddDate(0, 0, -i).Add(time.Hour),
				})
			}
		}
	}
	if err := e.OpenWarehouse(ctx, "bench", pipelines.Own); err != nil {
		return errors.Join(err, e.Close(ctx))
	}
	night := func() (time.Duration, error) {
		world.Forget()
		start := time.Now()
		r, err := e.RunPlans(ctx)
		if err == nil {
			err = r.Err()
		}
		return time.Since(start), err
	}
	if err = e.OpenArchive(); err == nil {
		_, err = night()
	}
	if err == nil {
		var took time.Duration
		took, err = night()
		pauses := time.Duration(len(world.Requests())-1) * e.Config.Plans.Pause
		fmt.Printf("bench night %.1f s\nbench night_over_politeness %.3f ratio\n", took.Seconds(), took.Seconds()/pauses.Seconds())
	}
	return errors.Join(err, e.Close(ctx))
}
