#!/usr/bin/env bash
# Make the certificates and keys of this folder again, with OpenSSL 3.
#
# The vectors read what is committed, so this runs only when a kind is added.
# Every file changes then: keys are new each time, and belong to nothing but
# these tests.
set -eu
umask 022
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

START=20250101000000Z
END=20450101000000Z

# `openssl req -x509` cannot set the first day and always writes version 3;
# `openssl ca` can do both.
cat > "$work/openssl.cnf" <<'CONFIG'
[req]
distinguished_name = dn
utf8 = yes
string_mask = utf8only
[dn]
[issuing]
new_certs_dir = $ENV::WORK/issued
database = $ENV::WORK/index
rand_serial = yes
default_md = default
policy = any
unique_subject = no
[any]
countryName = optional
organizationName = optional
organizationalUnitName = optional
commonName = optional
[authority]
basicConstraints = critical,CA:TRUE
[leaf]
basicConstraints = critical,CA:FALSE
[alternative_name]
subjectAltName = DNS:example.org
CONFIG
export WORK="$work"
mkdir "$work/issued"
: > "$work/index"

key() { # file, algorithm: a private key outside of this folder
  case $2 in
    rsa) openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$work/$1.key" ;;
    ec) openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/$1.key" ;;
    ed25519) openssl genpkey -algorithm ED25519 -out "$work/$1.key" ;;
  esac
}

request() { # file, subject
  openssl req -new -config "$work/openssl.cnf" -utf8 -key "$work/$1.key" -subj "$2" -out "$work/$1.csr"
}

issue() { # file, first day, last day, section of extensions or "", options of the issuer
  local file=$1 start=$2 end=$3 section=$4
  shift 4
  openssl ca -batch -notext -preserveDN -utf8 -config "$work/openssl.cnf" -name issuing \
    -startdate "$start" -enddate "$end" ${section:+-extensions "$section"} \
    -in "$work/$file.csr" -out "$file.pem" "$@" 2> "$work/log" || { cat "$work/log" >&2; exit 1; }
}

self_signed() { # file, algorithm, subject, first day, last day, section of extensions or ""
  key "$1" "$2"
  request "$1" "$3"
  issue "$1" "$4" "$5" "$6" -selfsign -keyfile "$work/$1.key"
}

self_signed rsa-ca rsa "/CN=RSA test authority" $START $END authority
self_signed ec-ca ec "/CN=EC test authority" $START $END authority
self_signed ed25519-ca ed25519 "/CN=Ed25519 test authority" $START $END authority
self_signed self-signed-leaf ec "/CN=example.org" $START $END leaf
self_signed no-constraints-ca ec "/CN=No constraints" $START $END alternative_name
self_signed expired-ca ec "/CN=Expired test authority" 20200101000000Z 20210101000000Z authority
self_signed future-ca ec "/CN=Future test authority" 20400101000000Z 20500101000000Z authority
self_signed far-ca ec "/CN=Far test authority" $START 99991231235959Z authority
self_signed v1-ca ec "/CN=Version 1 test authority" $START $END ""
self_signed utf8-name-ca ec "/CN=Autorité 🔐 测试" $START $END authority
self_signed multi-rdn-ca ec "/C=IT/O=Example+OU=Tests/CN=Multi RDN test authority" $START $END authority

for leaf in leaf v1-leaf; do
  key $leaf ec
  request $leaf "/CN=example.org"
done
issue leaf $START $END leaf -cert ec-ca.pem -keyfile "$work/ec-ca.key"
issue v1-leaf $START $END "" -cert ec-ca.pem -keyfile "$work/ec-ca.key"
cat leaf.pem ec-ca.pem > chain.pem

cp "$work/leaf.csr" request.csr
openssl pkey -in "$work/leaf.key" -pubout -out public-key.pem

key one-off ec
key one-off-rsa rsa
cp "$work/one-off.key" key-pkcs8.pem
openssl pkey -in "$work/one-off-rsa.key" -traditional -out key-rsa.pem
openssl pkey -in "$work/one-off.key" -traditional -out key-ec.pem
openssl pkcs8 -topk8 -in "$work/one-off.key" -v2 aes-256-cbc -passout pass:test -out key-encrypted.pem
openssl crl2pkcs7 -nocrl -certfile chain.pem -out bundle.p7b
openssl pkcs12 -export -nocerts -inkey key-pkcs8.pem -in key-pkcs8.pem -passout pass:test -out store.p12
openssl x509 -in ec-ca.pem -addtrust serverAuth -trustout -out trusted.pem
chmod 644 ./*.pem ./*.csr ./*.p7b ./*.p12

for version_1 in v1-ca v1-leaf; do
  openssl x509 -in $version_1.pem -noout -text | grep -q "Version: 1 "
done
openssl verify -CAfile ec-ca.pem leaf.pem > "$work/log"
