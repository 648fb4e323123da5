#!/bin/bash
# Builds mediasoup-worker from the npm package's own C++ source against Debian's libraries, without network, meson or pip:
#   build.sh <mediasoup package folder> <folder to build in>      leaves <folder>/mediasoup-worker
# It takes 2 to 4 minutes on two cores. scripts/setup/worker.mjs calls it where no prebuilt worker can be had.
set -euo pipefail
package=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$2"
cd "$2"
rm -rf worker gen obj pch
cp -r "$package/worker" worker

# Debian's OpenSSL has kernel TLS. It asks the BIO "is kernel TLS on?", and mediasoup's callback, which compares a flag
# with ==, answers yes to every question, so that the first DTLS handshake crashes. A test with a flag's own bit mends it.
dtls=worker/src/RTC/DtlsTransport.cpp
sed -i 's/(operationType == BIO_CB_RETURN)/(operationType \& BIO_CB_RETURN)/' "$dtls"
grep -q '(operationType & BIO_CB_RETURN)' "$dtls"

mkdir -p gen
flatc --cpp --cpp-field-case-style lower --reflect-names --scoped-enums --filename-suffix '' -o gen/FBS worker/fbs/*.fbs

standard=$(grep -om1 'c++[0-9][0-9]' worker/meson.build)
make -f "$here/Makefile" -j"$(nproc)" STD="$standard" SRTP="$here/compat"
