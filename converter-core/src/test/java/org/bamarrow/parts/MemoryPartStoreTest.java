package org.bamarrow.parts;

/** The double that other tests use keeps the contract. */
class MemoryPartStoreTest extends PartStoreContract {
  private final MemoryPartStore store = new MemoryPartStore();

  @Override
  protected PartStore store() {
    return store;
  }
}
