package org.bamarrow.it.link;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Collects the classes and members that the code of one class uses. */
final class Uses extends ClassVisitor {
  /**
   * A method or a field.
   *
   * @param key name and descriptor, as in {@link ClassFile#members}
   */
  record Member(String owner, String key, boolean isStatic) {}

  final Set<String> types = new LinkedHashSet<>();
  final Set<Member> members = new LinkedHashSet<>();

  private Uses() {
    super(Opcodes.ASM9);
  }

  static Uses of(byte[] bytes) {
    Uses uses = new Uses();
    new ClassReader(bytes).accept(uses, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return uses;
  }

  private void addType(Type type) {
    switch (type.getSort()) {
      case Type.ARRAY -> addType(type.getElementType());
      case Type.OBJECT -> types.add(type.getInternalName());
      case Type.METHOD -> {
        addType(type.getReturnType());
        for (Type argument : type.getArgumentTypes()) {
          addType(argument);
        }
      }
      default -> {} // a primitive type
    }
  }

  private void addMember(String owner, String name, String descriptor, boolean isStatic) {
    addType(Type.getObjectType(owner));
    addType(Type.getType(descriptor));
    if (!owner.startsWith("[")) { // an array has the methods of Object
      boolean method = descriptor.startsWith("(");
      members.add(new Member(owner, name + (method ? "" : ":") + descriptor, isStatic));
    }
  }

  private void addHandle(Handle handle) {
    boolean isStatic =
        switch (handle.getTag()) {
          case Opcodes.H_GETSTATIC, Opcodes.H_PUTSTATIC, Opcodes.H_INVOKESTATIC -> true;
          default -> false;
        };
    addMember(handle.getOwner(), handle.getName(), handle.getDesc(), isStatic);
  }

  private void addConstant(Object value) {
    if (value instanceof Type type) {
      addType(type);
    } else if (value instanceof Handle handle) {
      addHandle(handle);
    } else if (value instanceof ConstantDynamic dynamic) {
      addHandle(dynamic.getBootstrapMethod());
    }
  }

  @Override
  public void visit(
      int version, int access, String name, String s, String parent, String[] interfaces) {
    types.add(parent);
    types.addAll(Set.of(interfaces));
  }

  @Override
  public FieldVisitor visitField(int access, String name, String type, String s, Object value) {
    addType(Type.getType(type));
    return null;
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String s, String[] thrown) {
    addType(Type.getType(descriptor));
    return new Code();
  }

  private final class Code extends MethodVisitor {
    /** Ranges in which a missing field is caught, as javac does for each constant of a switch. */
    private final Set<Label> guarded = new HashSet<>();

    private final Set<Label> unguarded = new HashSet<>();
    private boolean guard;

    Code() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visitLabel(Label label) {
      guard = guarded.contains(label) || guard && !unguarded.contains(label);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      addType(Type.getObjectType(type));
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      if (!guard) {
        boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
        addMember(owner, name, descriptor, isStatic);
      }
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean ofInterface) {
      addMember(owner, name, descriptor, opcode == Opcodes.INVOKESTATIC);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      addType(Type.getType(descriptor));
      for (Object argument : arguments) {
        addConstant(argument);
      }
      if (bootstrap.getOwner().equals("java/lang/invoke/LambdaMetafactory")) {
        String functional = Type.getReturnType(descriptor).getInternalName();
        addMember(functional, name, ((Type) arguments[0]).getDescriptor(), false);
      }
    }

    @Override
    public void visitLdcInsn(Object value) {
      addConstant(value);
    }

    @Override
    public void visitMultiANewArrayInsn(String type, int dimensions) {
      addType(Type.getObjectType(type));
    }

    @Override
    public void visitTryCatchBlock(Label from, Label to, Label handler, String type) {
      if ("java/lang/NoSuchFieldError".equals(type)) {
        guarded.add(from);
        unguarded.add(to);
      } else if (type != null) {
        types.add(type);
      }
    }
  }
}
