//! What a WebAssembly module needs in place of the standard library.
//!
//! The standard library's panic handler and allocator are 20 KB. A panic that cannot
//! be reached needs no message, and the `verify` and `replay` modules allocate
//! nothing.

#[cfg(feature = "wasm-diagnose")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

// wasm-bindgen links `alloc`, so there must be an allocator. This one always fails.
#[cfg(not(feature = "wasm-diagnose"))]
#[global_allocator]
static NO_HEAP: lol_alloc::FailAllocator = lol_alloc::FailAllocator;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
