// Package qulaq holds the words that every room of the house speaks: errors with a kind, snapshots,
// rejects, findings, half-years. It does no input or output and imports none of the rooms.
//
// Where to look:
//
//	error.go     the one error type: operation, object, kind, hint
//	snapshot.go  bytes that were read from somewhere, and where
//	reject.go    rows that could not become facts, and oddities worth a look
//	time.go      Asia/Almaty, half-years
package qulaq
