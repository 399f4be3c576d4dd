; Installs Aboutface for one user of Windows, without an administrator. Compiled by `dev.py build` with makensis,
; which gets /DVERSION=…; the app has to be in dist\aboutface. What the app has stored is never touched.
; /DPROGRAM=… names the program where it is not aboutface.exe, to check the script on another system.

Unicode true
SetCompressor /SOLID lzma
RequestExecutionLevel user

!include MUI2.nsh
!include FileFunc.nsh

!ifndef VERSION
  !error "makensis needs /DVERSION=…"
!endif
!ifndef PROGRAM
  !define PROGRAM aboutface.exe
!endif
!define DIST "../../dist" ; makensis works in the folder of the script
!define MADE "../../build/made"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Aboutface"

Name "Aboutface"
OutFile "${DIST}/aboutface-${VERSION}-windows-setup.exe"
InstallDir "$LOCALAPPDATA\Programs\Aboutface"
InstallDirRegKey HKCU "Software\Aboutface" "Folder"
BrandingText "Aboutface ${VERSION}"
ManifestDPIAware true

VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "Aboutface"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileDescription "Aboutface setup"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey LegalCopyright "MIT licence"

!define MUI_ICON "${MADE}/icons/aboutface.ico"
!define MUI_UNICON "${MADE}/icons/aboutface.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

; A folder is emptied before a new version or at the end only where it holds this app, never one that was only chosen.
!macro RemoveApp
  ClearErrors
  IfFileExists "$INSTDIR\_internal\*.*" 0 +4
    RMDir /r "$INSTDIR\_internal"
    Delete "$INSTDIR\${PROGRAM}"
    Delete "$INSTDIR\aboutface-console.exe"
!macroend

Section
  !insertmacro RemoveApp
  IfErrors 0 +3
    MessageBox MB_OK|MB_ICONSTOP "Aboutface is running. Close it, then start the setup again." /SD IDOK
    Abort
  SetOutPath "$INSTDIR"
  File /r "${DIST}/aboutface/*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Aboutface.lnk" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "Software\Aboutface" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Aboutface"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "Aboutface authors"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" "$0"
SectionEnd

Section "Uninstall"
  !insertmacro RemoveApp
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Aboutface.lnk"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\Aboutface"
SectionEnd
