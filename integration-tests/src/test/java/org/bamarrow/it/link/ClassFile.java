package org.bamarrow.it.link;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What a class declares. Names are internal ones, with slashes.
 *
 * @param parent null for {@code java/lang/Object}
 * @param members access flags by name and descriptor: {@code name(I)V}, {@code name:I}
 */
record ClassFile(
    String name, int access, String parent, List<String> interfaces, Map<String, Integer> members) {

  static ClassFile read(byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    Map<String, Integer> members = new HashMap<>();
    reader.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public FieldVisitor visitField(int flags, String name, String type, String s, Object v) {
            members.put(name + ":" + type, flags);
            return null;
          }

          @Override
          public MethodVisitor visitMethod(
              int flags, String name, String type, String s, String[] thrown) {
            members.put(name + type, flags);
            return null;
          }
        },
        ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return new ClassFile(
        reader.getClassName(),
        reader.getAccess(),
        reader.getSuperName(),
        List.of(reader.getInterfaces()),
        members);
  }

  boolean isAbstract() {
    return (access & Opcodes.ACC_ABSTRACT) != 0;
  }

  boolean isInterface() {
    return (access & Opcodes.ACC_INTERFACE) != 0;
  }

  String inPackage() {
    return name.substring(0, name.lastIndexOf('/') + 1);
  }
}
