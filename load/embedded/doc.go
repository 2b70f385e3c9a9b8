// Package embedded runs a real ClickHouse on a machine that has none installed: a child process that
// listens on 127.0.0.1 over the native protocol and HTTP, owned by the program that started it.
//
// The engine is one shared library, libchdb.so, published as an npm package under Apache-2.0. Fetch brings
// it to a cache folder once; Start re-executes the running program with the hidden verb Verb, and that
// child loads the library without cgo and serves until its standard input ends. Standard input is a pipe
// that only the parent holds, so an engine cannot outlive its owner, however the owner died.
//
// A data folder has one owner at a time. It holds:
//
//	lock        held by owner and engine; says who they are (see folder.go)
//	engine.xml  the engine's configuration, written anew at every start
//	engine.log  warnings and errors of the engine, rotated at 10 MB
//	clickhouse  the databases
//
// The engine asks no password: any account of this machine can reach it while it runs.
//
// Where to look:
//
//	release.go  which package serves which machine, and what vouches for it
//	fetch.go    bringing the library to the cache
//	npm.go      calling the npm client, and what may be shown of its complaints
//	stamp.go    the note that a library was checked
//	unpack.go   reading the one file wanted out of the package
//	engine.go   Start, Stop, death
//	config.go   the engine's configuration and command line
//	folder.go   the lock of a data folder
//	running.go  finding the engine that another program runs
//	child.go    the child process
//	tail.go     what is kept of a process's output
package embedded
