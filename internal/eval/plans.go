package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/qulaq-kz/qulaq"
	"github.com/qulaq-kz/qulaq/internal/labelled"
	"github.com/qulaq-kz/qulaq/internal/papers"
	"github.com/qulaq-kz/qulaq/transform/document"
	"github.com/qulaq-kz/qulaq/transform/pdf"
	"github.com/qulaq-kz/qulaq/transform/plan"
)

// plans measures how action plans are read, from the bytes of a file to the cells of its items: the share of cells
// that are right, where a wrong one costs twice what a missing one costs; the same by format; and how often it is
// seen whether a paper is a plan, whose, and of which period. Figures of the half for development are called plan_dev_….
func plans(part labelled.Part, wrong io.Writer, tools pdf.Tools) ([]figure, error) {
	name := "plan"
	if part == labelled.Dev {
		name = "plan_dev"
	}
	all, err := papers.Read(string(part))
	if err != nil {
		return nil, err
	}
	r, err := planReader()
	if err != nil {
		return nil, err
	}
	var whole papers.Result
	formats := map[string]*papers.Result{}
	for _, paper := range all {
		result := papers.Compare(readPlan(r, paper.Name, paper.File, tools), paper.Truth)
		whole.Add(result)
		format := strings.TrimPrefix(strings.ToLower(path.Ext(paper.Name)), ".")
		if formats[format] == nil {
			formats[format] = &papers.Result{}
		}
		formats[format].Add(result)
		for _, d := range result.Differences {
			fmt.Fprintf(wrong, "plan\t%s\t%s\n", paper.Name, d)
		}
	}
	figures := []figure{{name: name + "_cells_right", value: whole.Cells().Score()}}
	for _, format := range slices.Sorted(maps.Keys(formats)) {
		if cells := formats[format].Cells(); cells.Total() > 0 {
			figures = append(figures, figure{name: name + "_cells_right_" + format, value: cells.Score()})
		}
	}
	return append(
		figures,
		share(name+"_or_not", whole.Plan.Right, whole.Plan.Total()),
		share(name+"_akimat", whole.Akimat.Right, whole.Akimat.Total()),
		share(name+"_period", whole.Period.Right, whole.Period.Total()),
		count(name+"_papers", len(all)),
	), nil
}

func planReader() (*plan.Reader, error) {
	v, err := plan.BuiltIn()
	if err != nil {
		return nil, err
	}
	return plan.NewReader(v)
}

// readPlan reads a lone file in the terms of a truth.
func readPlan(r *plan.Reader, name string, data []byte, tools pdf.Tools) papers.Truth {
	docs, err := (&document.Reader{Outside: tools}).Read(context.Background(), data, name)
	got := r.Read(plan.Publication{Files: []plan.File{{Name: name, Hash: sha256.Sum256(data), Documents: docs, Err: err}}})
	p := got.Plan
	t := papers.Truth{IsPlan: p.Kind == plan.IsPlan, RegionCode: orNull(p.Region), DistrictCode: orNull(p.District), PeriodFrom: dayOrNull(p.PeriodFrom), PeriodTo: dayOrNull(p.PeriodTo)}
	for _, it := range got.Items {
		item := papers.Item{
			ItemNo: orNull(it.No), Issue: orNull(it.Issue), Measure: orNull(it.Measure), Responsible: orNull(it.Responsible),
			CompletionForm: orNull(it.Completion), DeadlineFrom: dayOrNull(it.DeadlineFrom), DeadlineTo: dayOrNull(it.DeadlineTo),
			FundingSource: orNull(it.FundingSource), Status: orNull(it.Status), StatusText: orNull(it.StatusText), DistrictCode: orNull(it.District),
		}
		if it.Cost.Stated {
			item.CostKZT = &it.Cost.Tenge
		}
		t.Items = append(t.Items, item)
	}
	return t
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func dayOrNull(d qulaq.Day) *string {
	if d == 0 {
		return nil
	}
	return orNull(d.String())
}
