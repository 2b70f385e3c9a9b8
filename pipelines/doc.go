// Package pipelines is the one place that knows extract, transform and load: it brings exports from their
// sources into the warehouse, and says what became of them.
//
// Where to look:
//
//	config.go       qulaq.yaml
//	environment.go  what a pipeline works with: clock, archive, warehouse, vocabularies
//	lock.go         one writer a data folder
//	complaints.go   exports of complaints, from inbox to warehouse; profiles.go: how they are to be read
//	recorded.go     work as a run of the ledger
//	sources.go      where plans are looked for: gov.kz, and sites by profile
//	plans.go        looks at listings, files into the archive
//	register.go     publications from the archive to facts
//	candidate.go    which entries of a listing may be plans
//	monitor.go      verdicts on who has published
//	obligations.go  what is owed: by policy, and for the meetings that are known
//	accept.go       sites that changed for good, by the word of an operator
//	notify.go       whom the monitor tells what, and what they were told
//	metrics.go      figures for Prometheus
//	result.go       what a run did, for people, programs and the ledger
//	preview.go      what would be loaded, without loading
//	schedule.go     serve: when pipelines run, and what was missed
//	serve.go        staying up: the schedule at work, reading the configuration again
//	page.go         what the status page and the figures over HTTP show
//	status.go       how things stand
//	doctor.go       what is wrong, and mending it
//	backup.go       a copy of everything; restore.go: bringing it back, putting.go: what it will put into the data folder
package pipelines
