// Command serve shows a folder of documents as the small internet of package govsim, until it is interrupted:
//
//	go run ./internal/govsim/serve -addr 127.0.0.1:8088 FOLDER
//
// The folder holds SLUG/LANG/2023-01-20 Title.docx. Its address is printed once it can be asked; with plans.base_url
// set to that and network.allow_private: true, qulaq reads it as it reads gov.kz.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"

	"github.com/qulaq-kz/qulaq/internal/govsim"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:0", "where to listen")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := serve(ctx, *addr, flag.Arg(0)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(ctx context.Context, addr, folder string) error {
	world := govsim.New()
	if folder != "" {
		if err := world.AddFolder(os.DirFS(folder)); err != nil {
			return err
		}
	}
	return govsim.Serve(ctx, addr, world, os.Stdout)
}
