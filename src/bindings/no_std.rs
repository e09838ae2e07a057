//! What a WebAssembly module without the standard library has to bring along.
//!
//! The standard library's panic and its allocator are 20 KB. A panic that cannot
//! be reached needs no message, and the `verify` and `replay` modules allocate
//! nothing.

#[cfg(feature = "diagnosis")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

// wasm-bindgen links `alloc`, so an allocator has to exist: it refuses.
#[cfg(not(feature = "diagnosis"))]
#[global_allocator]
static NO_HEAP: lol_alloc::FailAllocator = lol_alloc::FailAllocator;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}
