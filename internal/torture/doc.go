//go:build linux

// Command torture breaks nights and looks whether anything is lost or doubled. It runs on Linux.
//
//	go run ./internal/torture -rounds 500
//
// A life is a data folder that lives through a few nights: new exports that overlap the old ones, plans that are
// published, replaced and taken back, reports, verdicts. A round is one fault in one of its nights: the program is
// killed at a random moment or at a step of a load, the engine is killed, the connection between them is cut, the answer
// to what was just asked is lost, the disk is full. After one to four such rounds the night is run once more without a
// fault, and every table of facts must hold exactly what it holds in a life that was never disturbed, verdicts with
// their words and evidence included.
//
// Tables that say what happened (runs, loads, looks, attempts, notifications) rightly know more after a fault than
// without one: of these nothing may be missing. No staging table may be left.
//
// It prints one line a figure: torture NAME VALUE. The code is 1 when anything was lost or doubled, or a night could not
// be ended well.
//
// Where to look:
//
//	main.go     the rounds and the tally
//	life.go     a life and its nights, in processes of their own
//	night.go    the process: one night, that says at which step it is
//	faults.go   what is done to a night
//	world.go    what happens in the world from night to night
//	compare.go  what a warehouse holds
package main
