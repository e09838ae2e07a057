#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| mia_webhooks_fuzz::diagnose_token(data));
