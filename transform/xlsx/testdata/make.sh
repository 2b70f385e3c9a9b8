#!/bin/sh
# Makes export.xlsx anew from export.fods with LibreOffice (Debian package libreoffice-calc), so that the
# reader is tested on a workbook that its own authors did not write.
set -eu
cd "$(dirname "$0")"
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
soffice "-env:UserInstallation=file://$profile" --headless --convert-to 'xlsx:Calc MS Excel 2007 XML' export.fods
